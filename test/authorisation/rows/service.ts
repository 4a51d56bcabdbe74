import type { Row } from '../table.ts'

/** What the house says about itself, and its pages: the same to everyone. */
export const serviceRows: Row[] = [
  { ask: 'GET /api/time', answers: { others: 200 } },
  { ask: 'GET /api/health', answers: { others: 200 } },
  { ask: 'GET /api/rules', answers: { others: 200 } },
  { ask: 'GET /api/openapi.json', answers: { others: 200 } },
  { ask: 'GET /api/docs', answers: { others: 200 } },

  { ask: 'GET /*', of: 'running', answers: { others: 200 } },
  { ask: 'GET /*', of: 'profile', answers: { others: 200 } },
  { ask: 'GET /*', of: 'draft', answers: { others: 404 } },
  { ask: 'GET /*', of: 'nothing', answers: { others: 404 } },
]

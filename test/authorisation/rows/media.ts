import { picture as file } from '../../support/worker/media.ts'
import { nobody, signedIn, type Row } from '../table.ts'
import type { Thing } from '../things.ts'

const seal = ({ seal = '' }: Thing) => seal
const wish = { contentType: 'image/jpeg', bytes: file.byteLength, purpose: 'auction' }

export const mediaRows: Row[] = [
  { ask: 'POST /api/media', body: () => wish, answers: { ...signedIn, others: 201 } },
  // Evidence for an appeal is taken of suspended people too.
  {
    ask: 'POST /api/media',
    when: 'for evidence',
    body: () => ({ ...wish, purpose: 'evidence' }),
    answers: { ...nobody, others: 201 },
  },
  { ask: 'GET /api/media/{media}', of: 'picture', answers: { ...nobody, seller: 200, others: 'not-found' } },
  { ask: 'GET /api/media/{media}', of: 'evidence', answers: { ...nobody, seller: 200, others: 'not-found' } },
  {
    ask: 'PATCH /api/media/{media}',
    of: 'picture',
    body: () => ({ alt: '카메라의 앞면' }),
    answers: { ...signedIn, seller: 200, others: 'not-found' },
  },
  {
    ask: 'DELETE /api/media/{media}',
    of: 'picture',
    spends: true,
    answers: { ...signedIn, seller: 204, others: 'not-found' },
  },

  // The roads of the files themselves: a seal opens them, whoever brings it, and two of them to our own relay alone.
  { ask: 'PUT /api/media/uploads/{media}', of: 'upload', when: 'without a seal', answers: { others: 'not-found' } },
  { ask: 'PUT /api/media/uploads/{media}', of: 'borrowedSeal', query: seal, answers: { others: 'not-found' } },
  {
    ask: 'PUT /api/media/uploads/{media}',
    of: 'upload',
    when: 'but not the file that was announced',
    query: seal,
    answers: { others: 'upload-mismatch' },
  },
  { ask: 'GET /api/media/uploads/{media}', of: 'upload', when: 'without a seal', answers: { others: 'not-found' } },
  { ask: 'GET /api/media/uploads/{media}', of: 'upload', query: seal, answers: { others: 'not-found' } },
  { ask: 'PUT /api/media/uploads/{media}/{name}', of: 'upload', query: seal, answers: { others: 'not-found' } },

  { ask: 'GET /media/{media}/{name}', of: 'picture', answers: { others: 200 } },
  { ask: 'GET /media/{media}/{name}', of: 'evidence', answers: { others: 'not-found' } },
]

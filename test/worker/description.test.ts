import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'

interface Description {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>>
  components: { schemas: Record<string, object> }
}

describe('the API description', () => {
  let text: string
  let description: Description
  beforeAll(async () => {
    text = await (await exports.default.fetch('http://localhost/api/openapi.json')).text()
    description = JSON.parse(text) as Description
  })

  it('tells what a problem is once, and refers to it everywhere else', () => {
    const problem = { $ref: '#/components/schemas/Problem' }
    const refusals = Object.values(description.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap(({ content }) => content?.['application/problem+json'] ?? [])
    expect(refusals.length).toBeGreaterThan(100)
    expect(refusals.filter(({ schema }) => JSON.stringify(schema) !== JSON.stringify(problem))).toEqual([])
    expect(description.components.schemas['Problem']).toMatchObject({ type: 'object', required: expect.any(Array) })
  })

  it('writes nothing long twice', () => {
    const counts = new Map<string, number>()
    const count = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      const written = JSON.stringify(node)
      if (!Array.isArray(node) && written.length > 600) counts.set(written, (counts.get(written) ?? 0) + 1)
      for (const part of Object.values(node)) count(part)
    }
    for (const methods of Object.values(description.paths))
      for (const { responses } of Object.values(methods))
        for (const { content } of Object.values(responses)) count(content)
    count(description.components.schemas)
    expect([...counts].filter(([, times]) => times > 2).map(([written]) => written.slice(0, 200))).toEqual([])
  })

  it('promises no answer that the generator made up', () => {
    expect(text).not.toContain('"Validation Error"')
  })

  it('holds every schema that its page links to', async () => {
    const page = await (await exports.default.fetch('http://localhost/api/docs')).text()
    const links = new Set([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? ''))
    expect(links.size).toBeGreaterThan(50)
    expect([...links].filter((id) => !page.includes(`id="${id}"`))).toEqual([])
  })
})

/**
 * Reads Prometheus' text format 0.0.4 as its specification has it
 * (https://prometheus.io/docs/instrumenting/exposition_formats/), and throws at the first line that breaks a rule: a type
 * comes once and before its samples, the lines of one metric stand together, no sample is told twice, a histogram is whole.
 */
export function readExposition(text: string): Map<string, Sample[]> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const types = new Map<string, string>()
  const families = new Map<string, Sample[]>()
  const told = new Set<string>()
  let current = ''

  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line)
    if (comment) {
      const [, what, name = '', rest = ''] = comment
      if (name !== current && families.has(name)) throw new Error(`not together: ${line}`)
      current = name
      if (what !== 'TYPE') continue
      if (types.has(name) || families.has(name)) throw new Error(`a type too late or twice: ${line}`)
      if (!/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(`no type: ${line}`)
      types.set(name, rest)
      continue
    }
    const sample = readSample(line)
    const family = familyOf(sample.name, types)
    if (family !== current && (types.has(family) || families.has(family))) throw new Error(`not together: ${line}`)
    current = family
    const identity = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()])
    if (told.has(identity)) throw new Error(`told twice: ${line}`)
    told.add(identity)
    if (types.get(family) === 'counter' && !(sample.value >= 0)) throw new Error(`a counter below nothing: ${line}`)
    families.set(family, [...(families.get(family) ?? []), sample])
  }
  for (const [name, type] of types) if (type === 'histogram') checkHistogram(name, families.get(name) ?? [])
  return families
}

export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

const label = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"/y

function readSample(line: string): Sample {
  const name = /^[a-zA-Z_:][\w:]*/.exec(line)?.[0]
  if (name === undefined) throw new Error(`no name: ${line}`)
  const labels: Record<string, string> = {}
  let at = name.length
  if (line[at] === '{') {
    do {
      label.lastIndex = at + 1
      const found = label.exec(line)
      const [, key = '', value = ''] = found ?? []
      if (!found || key in labels) throw new Error(`no label: ${line}`)
      labels[key] = value
      at = label.lastIndex
    } while (line[at] === ',')
    if (line[at] !== '}') throw new Error(`labels without end: ${line}`)
    at += 1
  }
  const value = /^[ \t]+([+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)(?:[ \t]+-?\d+)?$/i.exec(line.slice(at))?.[1]
  if (value === undefined) throw new Error(`no value: ${line}`)
  return { name, labels, value: Number(value.replace(/inf/i, 'Infinity')) }
}

function familyOf(name: string, types: ReadonlyMap<string, string>): string {
  const whole = name.replace(/_(bucket|sum|count)$/, '')
  return types.has(name) || !['histogram', 'summary'].includes(types.get(whole) ?? '') ? name : whole
}

function checkHistogram(name: string, samples: Sample[]): void {
  const series = Map.groupBy(samples, ({ labels: { le: _le, ...rest } }) => JSON.stringify(rest))
  for (const [of, all] of series) {
    const buckets = all.filter((sample) => sample.name === `${name}_bucket`)
    const counts = buckets.map(({ value }) => value)
    const count = all.find((sample) => sample.name === `${name}_count`)?.value
    if (buckets.at(-1)?.labels['le'] !== '+Inf' || counts.at(-1) !== count)
      throw new Error(`${name} ${of} has no whole`)
    if (counts.some((each, index) => each < (counts[index - 1] ?? 0))) throw new Error(`${name} ${of} falls`)
    if (!all.some((sample) => sample.name === `${name}_sum`)) throw new Error(`${name} ${of} has no sum`)
  }
}

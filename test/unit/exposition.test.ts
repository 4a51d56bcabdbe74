import { describe, expect, it } from 'vitest'
import { readExposition } from '../support/exposition.ts'

describe('the reader of the exposition format', () => {
  it('takes what the specification shows', () => {
    const families = readExposition(
      `# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400"}    3

msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
metric_without_timestamp_and_labels 12.47

# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.05"} 24054
http_request_duration_seconds_bucket{le="+Inf"} 144320
http_request_duration_seconds_sum 53423
http_request_duration_seconds_count 144320
`,
    )
    expect(families.get('http_requests_total')?.map(({ value }) => value)).toEqual([1_027, 3])
    expect(families.get('http_request_duration_seconds')).toHaveLength(4)
  })

  it.each([
    ['a last line without end', 'a 1', 'does not end'],
    ['a type after a sample', 'a 1\n# TYPE a gauge\n', 'too late'],
    ['a type of its own', '# TYPE a speed\na 1\n', 'no type'],
    ['one metric in two places', '# TYPE a gauge\na{x="1"} 1\n# TYPE b gauge\nb 1\na{x="2"} 1\n', 'not together'],
    ['a sample twice', '# TYPE a gauge\na{x="1"} 1\na{x="1"} 2\n', 'told twice'],
    ['a label twice', '# TYPE a gauge\na{x="1",x="2"} 1\n', 'no label'],
    ['an open label', '# TYPE a gauge\na{x="1} 1\n', 'no label'],
    ['a name with a sign', '# TYPE a-b gauge\na-b 1\n', /./],
    ['a value in words', '# TYPE a gauge\na many\n', 'no value'],
    ['a counter below nothing', '# TYPE a counter\na -1\n', 'below nothing'],
    ['a histogram without its whole', '# TYPE a histogram\na_bucket{le="1"} 1\na_sum 1\na_count 1\n', 'no whole'],
    [
      'a histogram that falls',
      '# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
      'falls',
    ],
  ])('refuses %s', (_what, text, fault) => {
    expect(() => readExposition(text)).toThrow(fault)
  })
})

/** What a schema of the contract can do; the schema itself comes with the form that needs it. */
export interface Schema {
  safeParse: (value: unknown) => { success: boolean; error?: { issues: readonly Issue[] } | undefined }
}

interface Issue {
  path: readonly PropertyKey[]
  message: string
  code?: string
  origin?: string
}

/** Faults by field, with the codes that the API uses for the same faults. */
export function faultsBy(schema: Schema, value: unknown): Record<string, string> {
  const { error } = schema.safeParse(value)
  const faults: Record<string, string> = {}
  for (const issue of error?.issues ?? []) faults[String(issue.path[0] ?? '')] ??= codeOf(issue)
  return faults
}

/** A message in kebab case is a code that the schema chose; the rest follow from the kind of fault. */
function codeOf(issue: Issue): string {
  if (/^[a-z]+(-[a-z]+)*$/.test(issue.message)) return issue.message
  const isText = issue.origin === 'string'
  if (issue.code === 'too_small') return isText ? 'too-short' : issue.origin === 'array' ? 'too-few' : 'too-small'
  if (issue.code === 'too_big') return isText ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'too-big'
  if (issue.code === 'invalid_type') return 'required'
  if (issue.code === 'invalid_value') return 'not-an-option'
  return 'invalid'
}

type Field = string | number | boolean | null | undefined

/**
 * One JSON line per event on standard output. Callers pass counts, ids of jobs and streams, codes and durations; never
 * addresses, texts, tokens or bodies.
 */
export function log(
  event: string,
  fields: Record<string, Field> = {},
  level: 'info' | 'warn' | 'error' = 'info',
): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`)
}

/** The message of whatever was thrown, without its stack, short enough for a line. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300)
}

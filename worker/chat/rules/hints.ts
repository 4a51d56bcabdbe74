import type { SafetyHint } from '../../contract/chat.ts'

/** Digits in groups, as account numbers are written: 10 to 16 in all. */
const digitRun = /(?<![\d-])\d(?:[ -]?\d){9,15}(?![\d-])/g
/** Numbers one rather exchanges to meet: mobile phones. */
const mobile = /^(?:82)?0?1[016-9]\d{7,8}$/
const link =
  /(?:https?:\/\/|www\.)\S+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|net|org|kr|me|io|gg|ly|link|shop|store|site|xyz|app|page)(?![\w.-]*@)(?![a-z])\S*/gi

/**
 * What a text in the room of a deal may lure to: paying beforehand to some account, or going on elsewhere. A hint is shown beside
 * the message and refuses nothing, so it may be wrong either way. Links to `ownHost` lead nowhere else.
 */
export function hintsOf(text: string, ownHost: string): SafetyHint[] {
  const hints: SafetyHint[] = []
  if ((text.match(digitRun) ?? []).some(isAccountNumber)) hints.push('account-number')
  if ((text.match(link) ?? []).some((found) => !leadsTo(found, ownHost))) hints.push('outside-link')
  return hints
}

function isAccountNumber(found: string): boolean {
  return !mobile.test(found.replace(/\D/g, ''))
}

function leadsTo(found: string, host: string): boolean {
  const rest = found.replace(/^https?:\/\//i, '')
  const named = rest.split(/[/?#]/)[0]?.toLowerCase() ?? ''
  return named === host
}

import { lazyPart } from '../../i18n/lazy-part.ts'

/** Steps that come after the first: their code arrives when they do. Their words are those of the page. */

export const PhoneProof = lazyPart(() => import('./phone-proof.tsx').then((file) => file.PhoneProof), [])

export const ConfirmEmail = lazyPart(() => import('./confirm-email.tsx').then((file) => file.ConfirmEmail), [])

export const NewPassword = lazyPart(() => import('./new-password.tsx').then((file) => file.NewPassword), [])

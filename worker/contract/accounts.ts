import { z } from 'zod'
import { Page } from './page.ts'
import { Handle, Name, Profile } from './profiles.ts'

const Time = z.iso.datetime({ precision: 3 })

/** Trimmed and in lower case, so that one mailbox is one account. */
export const Email = z
  .string()
  .max(300)
  .transform((text) => text.normalize('NFC').trim().toLowerCase())
  .pipe(z.email('not-an-email').max(254))

/** A Korean mobile number, with or without dashes, spaces and country code; becomes E.164 (`+8210…`). */
export const PhoneNumber = z
  .string()
  .max(30)
  .transform((text) => text.replaceAll(/[\s().-]/g, '').replace(/^(?:\+82|0082)0?/, '0'))
  .pipe(z.string().regex(/^010\d{8}$/, 'not-a-korean-mobile'))
  .transform((digits) => `+82${digits.slice(1)}`)

/** Judged as a whole by `contract/password.ts`, with the handle, name and address beside it. */
const NewPassword = z
  .string()
  .min(1, 'too-short')
  .max(256, 'too-long')
  .transform((text) => text.normalize('NFC'))

/** A password to be compared: any text, since older rules may have allowed it. */
const Password = z
  .string()
  .min(1)
  .max(256)
  .transform((text) => text.normalize('NFC'))

const Code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'not-a-code')

/** Texts we made: long enough to be unguessable, short enough to be looked at. */
const Token = z.string().min(1).max(200)

export const phonePurposes = ['sign-up', 'verify', 'change', 'reset'] as const
export type PhonePurpose = (typeof phonePurposes)[number]

export const SendPhoneCode = z.strictObject({ phone: PhoneNumber, purpose: z.enum(phonePurposes) })
export type SendPhoneCode = z.infer<typeof SendPhoneCode>

export const PhoneChallenge = z.object({ challenge: z.string(), expiresAt: Time, resendAt: Time })
export type PhoneChallenge = z.infer<typeof PhoneChallenge>

export const CheckPhoneCode = z.strictObject({ code: Code })

export const PhoneProof = z.object({ phoneProof: z.string(), expiresAt: Time })
export type PhoneProof = z.infer<typeof PhoneProof>

/** Exactly one of `email` and `phoneProof`. */
export const Register = z
  .strictObject({
    email: Email.optional(),
    phoneProof: Token.optional(),
    password: NewPassword,
    name: Name,
    handle: Handle.optional(),
    acceptTerms: z.literal(true, 'needed'),
    over14: z.literal(true, 'needed'),
  })
  .refine((body) => (body.email === undefined) !== (body.phoneProof === undefined), {
    error: 'email-or-phone',
    path: ['email'],
  })
export type Register = z.infer<typeof Register>

/** A registration that waits for its address to be confirmed. */
export const Pending = z.object({ registration: z.string(), expiresAt: Time, resendAt: Time })
export type Pending = z.infer<typeof Pending>

/** `password`: the one that was chosen, where another browser began. */
export const ConfirmEmail = z.union([
  z.strictObject({ registration: Token, code: Code }),
  z.strictObject({ key: Token, password: Password.optional() }),
])
export type ConfirmEmail = z.infer<typeof ConfirmEmail>

export const ResendEmail = z.strictObject({ registration: Token })

export const LogIn = z.strictObject({ login: z.string().min(1).max(300), password: Password })
export type LogIn = z.infer<typeof LogIn>

export const roles = ['member', 'moderator', 'admin'] as const

export const languages = ['ko', 'en'] as const
export type Language = (typeof languages)[number]

/** What only the owner sees, beside the profile. */
export const OwnAccount = Profile.extend({
  email: z.string().nullable(),
  role: z.enum(roles),
  language: z.enum(languages),
  limits: z.object({
    /** Auctions scheduled or running at the same time. */
    auctionsAtOnce: z.int(),
    /** Null: the handle may be changed now. */
    handleFrom: Time.nullable(),
    /** Null: the number may be attached or changed now. */
    phoneFrom: Time.nullable(),
  }),
  suspension: z.object({ until: Time, decision: z.string().nullable() }).nullable(),
})
export type OwnAccount = z.infer<typeof OwnAccount>

export const Access = z.object({ access: z.string(), expiresAt: Time })
export type Access = z.infer<typeof Access>

/** Comes with the refresh cookie. */
export const LoggedIn = Access.extend({ account: OwnAccount })
export type LoggedIn = z.infer<typeof LoggedIn>

export const VerifyToken = z.strictObject({ token: z.string().max(4_000) })
export const TokenState = z.object({ expiresAt: Time })

/** One sign-in: `device` as in "Chrome · Android", `place` at town level, both null when unknown. */
export const LoginView = z.object({
  id: z.string(),
  device: z.string().nullable(),
  place: z.string().nullable(),
  firstUsedAt: Time,
  lastUsedAt: Time,
  current: z.boolean(),
})
export type LoginView = z.infer<typeof LoginView>

export const LoginList = Page(LoginView)

export const ChangePassword = z.strictObject({ current: Password, password: NewPassword })

export const AskForReset = z.strictObject({ email: Email })

export const ConfirmReset = z.union([
  z.strictObject({ token: Token, password: NewPassword }),
  z.strictObject({ phoneProof: Token, password: NewPassword }),
])
export type ConfirmReset = z.infer<typeof ConfirmReset>

/** `password` is the fresh proof; a sign-in less than 5 minutes old does without. */
export const AttachPhone = z.strictObject({ phoneProof: Token, password: Password.optional() })
export const PhoneAttached = z.object({ phoneVerified: z.literal(true) })

export const messageSenders = ['everyone', 'followed', 'nobody'] as const

const preferences = {
  language: z.enum(languages),
  messagesFrom: z.enum(messageSenders),
  /** Be named among the people present in a room. */
  showInRooms: z.boolean(),
  /** Show the own name beside one's bids, unless a bid says otherwise. */
  showBidName: z.boolean(),
  personalised: z.boolean(),
}

export const Preferences = z.object(preferences)
export type Preferences = z.infer<typeof Preferences>

export const ChangePreferences = z.strictObject(preferences).partial()

/** Opens or renews one socket, within 30 s. */
export const LiveTicket = z.object({ ticket: z.string(), expiresAt: Time })
export type LiveTicket = z.infer<typeof LiveTicket>

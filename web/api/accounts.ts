import type { accountRoutes } from '../../worker/accounts/routes.ts'
import { client } from './client.ts'
import { session } from './session.ts'

/** Sign-up, sign-in, passwords, phone, sign-ins, preferences: as whoever reads. In browsers only. */
export const accountsApi = client<typeof accountRoutes>(session.call).accounts

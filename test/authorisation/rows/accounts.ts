import { newEmail, newPhone, password } from '../../support/worker/actors.ts'
import { anyone, nobody, signedIn, type Asker, type Row } from '../table.ts'

const joining = { password, name: '새 이웃', acceptTerms: true, over14: true }
const profile = { name: '새 이름', bio: '', links: [], picture: null, isPublic: true }

/** What each would sign in with; the two without an account try the seller's name. */
function ownLogin({ person, cast }: Asker) {
  if (person === 'anonymous' || person === 'invented') return { login: cast.seller.phone, password: 'a guess or 2' }
  const { email, phone } = cast[person]
  return { login: email ?? phone, password }
}

export const accountRows: Row[] = [
  // Joining and signing in: what is shown beside the token decides.
  { ask: 'GET /api/accounts/handles/{handle}', of: 'profile', answers: { ...anyone, others: 200 } },
  {
    ask: 'POST /api/accounts/phone/codes',
    body: () => ({ phone: newPhone(), purpose: 'sign-up' }),
    answers: { ...anyone, others: 202 },
  },
  {
    ask: 'POST /api/accounts/phone/codes/{challenge}/check',
    of: 'nothing',
    body: () => ({ code: '000000' }),
    answers: { ...anyone, others: 'not-found' },
  },
  {
    ask: 'POST /api/accounts/registration',
    when: 'by e-mail',
    body: () => ({ ...joining, email: newEmail() }),
    answers: { ...anyone, others: 202 },
  },
  {
    ask: 'POST /api/accounts/registration',
    when: 'by a proof that nobody was given',
    body: () => ({ ...joining, phoneProof: 'made up' }),
    answers: { ...anyone, others: 'proof-spent' },
  },
  {
    ask: 'POST /api/accounts/registration/verify-email',
    body: () => ({ key: 'made up' }),
    answers: { ...anyone, others: 'link-spent' },
  },
  {
    ask: 'POST /api/accounts/registration/resend-email',
    body: () => ({ registration: 'made up' }),
    answers: { ...anyone, others: 202 },
  },
  {
    ask: 'POST /api/accounts/login',
    body: (_, asker) => ownLogin(asker),
    answers: { anonymous: 'bad-credentials', invented: 'bad-credentials', others: 200 },
  },
  {
    ask: 'POST /api/accounts/token/refresh',
    byCookie: true,
    answers: { anonymous: 'not-signed-in', invented: 'sign-in-over', signedOut: 'sign-in-over', others: 200 },
  },
  {
    ask: 'POST /api/accounts/token/verify',
    body: (_, { person, cast }) => ({ token: cast.tokens[person] ?? '' }),
    answers: {
      anonymous: 'not-signed-in',
      invented: 'not-signed-in',
      signedOut: 'not-signed-in',
      others: 200,
    },
  },
  {
    ask: 'POST /api/accounts/password/reset',
    body: () => ({ email: newEmail() }),
    answers: { ...anyone, others: 202 },
  },
  {
    ask: 'POST /api/accounts/password/reset/confirm',
    body: () => ({ token: 'made up', password }),
    answers: { ...anyone, others: 'link-spent' },
  },

  // One's own account: also in the limited access of the suspended. Nobody else can even name it.
  { ask: 'GET /api/accounts/me', answers: { ...nobody, others: 200 } },
  { ask: 'GET /api/accounts/preferences', answers: { ...nobody, others: 200 } },
  {
    ask: 'PATCH /api/accounts/preferences',
    body: () => ({ personalised: true }),
    answers: { ...nobody, others: 200 },
  },
  {
    ask: 'POST /api/accounts/password/change',
    when: 'without knowing the one there is',
    body: () => ({ current: 'a guess or 2', password: 'another-4-boat!' }),
    answers: { ...nobody, others: 'invalid-fields' },
  },
  { ask: 'GET /api/accounts/logins', answers: { ...nobody, others: 200 } },
  {
    ask: 'DELETE /api/accounts/logins/{login}',
    of: 'login',
    spends: true,
    answers: { ...nobody, seller: 204, others: 'not-found' },
  },
  { ask: 'DELETE /api/accounts/logins', answers: { ...nobody, others: 204 } },
  {
    ask: 'POST /api/accounts/logout',
    when: 'of no sign-in',
    asked: ['anonymous', 'invented', 'signedOut'],
    answers: { others: 204 },
  },
  {
    ask: 'POST /api/accounts/logout',
    of: 'login',
    spends: true,
    fromThere: true,
    asked: ['seller'],
    answers: { seller: 204 },
  },
  {
    ask: 'PUT /api/accounts/phone',
    when: 'by a proof that nobody was given',
    body: () => ({ phoneProof: 'made up' }),
    answers: { ...signedIn, others: 'proof-spent' },
  },
  { ask: 'POST /api/accounts/tickets', answers: { ...signedIn, others: 201 } },

  // Profiles.
  { ask: 'GET /api/accounts/users/{handle}', of: 'profile', answers: { ...anyone, others: 200 } },
  { ask: 'GET /api/accounts/users/{handle}', of: 'nothing', answers: { ...anyone, others: 'not-found' } },
  {
    ask: 'PATCH /api/accounts/users/{handle}',
    of: 'profile',
    spends: true,
    matches: true,
    body: () => ({ bio: '오래된 카메라를 좋아해요.' }),
    answers: { ...signedIn, seller: 200, others: 'forbidden' },
  },
  {
    ask: 'PATCH /api/accounts/users/{handle}',
    of: 'nothing',
    body: () => ({ bio: '' }),
    answers: { ...signedIn, others: 'not-found' },
  },
  {
    ask: 'PUT /api/accounts/users/{handle}',
    of: 'profile',
    spends: true,
    matches: true,
    body: ({ handle }) => ({ ...profile, handle }),
    answers: { ...signedIn, seller: 200, others: 'forbidden' },
  },
]

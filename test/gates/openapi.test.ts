import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'

/** Every operation that people and programs may count on. */
const operations = `
GET /accounts/handles/{handle}
POST /accounts/phone/codes
POST /accounts/phone/codes/{challenge}/check
POST /accounts/registration
POST /accounts/registration/verify-email
POST /accounts/registration/resend-email
POST /accounts/login
POST /accounts/token/refresh
POST /accounts/token/verify
POST /accounts/logout
GET /accounts/logins
DELETE /accounts/logins
DELETE /accounts/logins/{id}
POST /accounts/password/change
POST /accounts/password/reset
POST /accounts/password/reset/confirm
PUT /accounts/phone
GET /accounts/me
GET /accounts/preferences
PATCH /accounts/preferences
POST /accounts/tickets
GET /accounts/users/{handle}
PATCH /accounts/users/{handle}
PUT /accounts/users/{handle}
GET /accounts/users
POST /follows
GET /follows/{handle}/follows
GET /follows/{handle}/followers
DELETE /follows/{handle}/unfollow
DELETE /follows/{handle}/unfollower
GET /follows/requests
POST /follows/requests/{handle}
DELETE /follows/requests/{handle}
GET /blocks
PUT /blocks/{handle}
DELETE /blocks/{handle}
GET /mutes
PUT /mutes/{handle}
DELETE /mutes/{handle}
POST /likes/auction-likes
GET /likes/auction-likes
GET /likes/auction-likes/{id}
DELETE /likes/auction-likes/{id}
POST /media
GET /media/{id}
PATCH /media/{id}
DELETE /media/{id}
GET /media/{id}/file
GET /chats/rooms
POST /chats/rooms
GET /chats/unread
GET /chats/rooms/{id}
PATCH /chats/rooms/{id}
DELETE /chats/rooms/{id}
POST /chats/rooms/{id}/accept
POST /chats/rooms/{id}/decline
POST /chats/rooms/{id}/members
DELETE /chats/rooms/{id}/members/{handle}
DELETE /chats/rooms/{id}/members/me
PUT /chats/rooms/{id}/settings
GET /chats/rooms/{id}/messages
POST /chats/rooms/{id}/messages
PATCH /chats/rooms/{id}/messages/{message}
DELETE /chats/rooms/{id}/messages/{message}
PUT /chats/rooms/{id}/read
GET /auctions
POST /auctions
GET /auctions/categories
GET /auctions/increments
GET /auctions/popular
GET /auctions/cards
GET /auctions/recommend
GET /auctions/latest/{handle}
GET /auctions/mine
GET /auctions/keys
GET /auctions/{id}
PATCH /auctions/{id}
DELETE /auctions/{id}
POST /auctions/{id}/publish
POST /auctions/{id}/cancel
POST /auctions/{id}/notes
POST /auctions/{id}/relist
GET /auctions/{id}/state
GET /auctions/{id}/eligibility
GET /auctions/{id}/bids
POST /auctions/{id}/bids
GET /auctions/{id}/bids/mine
GET /auctions/{id}/bids/{bid}/receipt
POST /auctions/{id}/buy-now
GET /auctions/{id}/log
GET /auctions/{id}/messages
POST /auctions/{id}/messages
DELETE /auctions/{id}/messages/{message}
GET /auctions/{id}/participants
PATCH /auctions/{id}/room
GET /auctions/{id}/bans
PUT /auctions/{id}/bans/{who}
DELETE /auctions/{id}/bans/{who}
GET /auctions/{id}/live
GET /search
GET /search/suggestions
GET /recommendations/related
POST /recommendations/feedback
DELETE /recommendations/history
POST /signals
GET /rules
GET /time
GET /health
GET /openapi.json
GET /docs
GET /live
GET /notifications
GET /notifications/count
POST /notifications/read
GET /notifications/preferences
PUT /notifications/preferences
DELETE /notifications
DELETE /notifications/{id}
GET /notifications/devices
POST /notifications/devices
DELETE /notifications/devices/{id}
POST /auctions/{id}/offers
GET /auctions/offers
POST /auctions/offers/{id}/accept
POST /auctions/offers/{id}/decline
GET /deals
GET /deals/{id}
PUT /deals/{id}/appointment
POST /deals/{id}/appointment/accept
POST /deals/{id}/hand-over
POST /deals/{id}/confirm
POST /deals/{id}/cancel
DELETE /deals/{id}/cancel
POST /deals/{id}/refuse
POST /deals/{id}/no-shows
POST /deals/{id}/no-shows/answer
POST /deals/{id}/disputes
GET /deals/{id}/disputes/entries
POST /deals/{id}/disputes/entries
GET /deals/{id}/case
GET /reviews/statements
POST /reviews
PATCH /reviews/{id}
DELETE /reviews/{id}
GET /reviews/mine
GET /reviews/pending
GET /reviews
GET /reviews/summary
GET /reviews/ledger
GET /decisions
GET /decisions/{id}
POST /decisions/{id}/appeal
GET /moderation/appeals
POST /moderation/appeals/{id}/answer
GET /moderation/cases
POST /moderation/cases/{id}/ruling
GET /admin/accounts
GET /admin/accounts/{id}
POST /admin/accounts/{id}/suspension
DELETE /admin/accounts/{id}/suspension
PUT /admin/accounts/{id}/role
POST /admin/accounts/{id}/email
GET /admin/audit
`
  .trim()
  .split('\n')

interface Operation {
  summary?: string
  tags?: string[]
  responses?: Record<string, unknown>
  requestBody?: unknown
}

describe('the API description', () => {
  let description: { openapi: string; paths: Record<string, Record<string, Operation>> }
  let described: Map<string, Operation>

  beforeAll(async () => {
    const answer = await exports.default.fetch('http://localhost/api/openapi.json')
    expect(answer.status).toBe(200)
    description = await answer.json()
    described = new Map(
      Object.entries(description.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => [nameOf(method, path), operation] as const),
      ),
    )
  })

  test('is OpenAPI 3.1', () => {
    expect(description.openapi).toMatch(/^3\.1\./)
  })

  test('names every operation, and no other', () => {
    expect([...described.keys()].toSorted()).toEqual(operations.map(withoutNames).toSorted())
  })

  test('says of each what it is for and what it answers', () => {
    const silent = [...described].filter(
      ([, { summary, tags, responses }]) => !summary || !tags?.length || Object.keys(responses ?? {}).length < 2,
    )
    expect(silent.map(([name]) => name)).toEqual([])
  })

  test('leads to the schemas it refers to', () => {
    const text = JSON.stringify(description)
    const names = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name))
    const known = Object.keys(
      (description as unknown as { components?: { schemas?: object } }).components?.schemas ?? {},
    )
    expect([...names].filter((name) => !known.includes(name ?? ''))).toEqual([])
  })
})

function nameOf(method: string, path: string): string {
  return withoutNames(`${method.toUpperCase()} ${path.replace(/^\/api/, '')}`)
}

/** What a parameter is called is no promise, its place is. */
function withoutNames(operation: string): string {
  return operation.replace(/\{[^}]+\}/g, '{}')
}

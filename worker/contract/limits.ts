/**
 * Every number that the screens, the server and the tests all quote. It imports nothing, so that a page may
 * take one constant without pulling a schema library into the browser.
 * Lengths count characters (code points), money is whole won, times are milliseconds unless the name says otherwise.
 */

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Bodies, keys and pages of lists. */
export const api = {
  bodyBytes: 64 * 1024,
  idempotencyKey: { min: 16, max: 64 },
  idempotencyKeptMs: 24 * HOUR,
  page: { default: 20, auctions: 12, messages: 50, most: 50 },
  cardsPerCall: 50,
  cardsPollMs: 5 * SECOND,
} as const

/** Sign-in, proofs and their lives. */
export const accounts = {
  handle: { min: 4, max: 25, heldMs: 90 * DAY, changeEveryMs: 14 * DAY },
  name: { min: 2, max: 25 },
  password: { min: 8, max: 64, plainFrom: 12 },
  accessTokenMs: 15 * MINUTE,
  refreshSlidingMs: 7 * DAY,
  refreshTotalMs: 90 * DAY,
  refreshGraceMs: 10 * SECOND,
  freshProofMs: 5 * MINUTE,
  phoneCode: { digits: 6, lifeMs: 5 * MINUTE, tries: 5, resendMs: 60 * SECOND },
  phoneProofMs: 10 * MINUTE,
  phoneChangeEveryMs: 90 * DAY,
  emailCode: { digits: 6, lifeMs: 30 * MINUTE, tries: 5 },
  resetLinkMs: 30 * MINUTE,
  ticketMs: 30 * SECOND,
  mannerStart: 40,
} as const

/** The texts one agrees to when joining. A new version is a new date, and the pages show it. */
export const legal = { termsVersion: '2026-11-26' } as const

export const profiles = { bio: 150, links: 2, linkLength: 200 } as const

/** Counted windows: `[most, window]`. Those of `calls…` are approximate, the rest is exact. */
export const rates = {
  callsPerIp: [300, MINUTE],
  callsPerIpDay: [10_000, DAY],
  callsPerAccount: [30_000, HOUR],
  failedSignInsPerLogin: [10, 15 * MINUTE],
  failedSignInsPerIp: [30, 15 * MINUTE],
  codesPerNumber: [3, 10 * MINUTE],
  codesPerNumberHour: [5, HOUR],
  codesPerIpHour: [10, HOUR],
  mailsPerAddress: [3, 15 * MINUTE],
  mailsPerAddressDay: [10, DAY],
  mailsPerIpHour: [30, HOUR],
  likes: [300, HOUR],
  uploads: [120, HOUR],
  uploadBytesPerDay: [200 * 1024 * 1024, DAY],
  handleChecks: [60, MINUTE],
  searches: [30, MINUTE],
  personSearch: [60, MINUTE],
  suggestions: [60, MINUTE],
  bids: [10, 10 * SECOND],
  follows: [200, DAY],
  privateChat: [60, MINUTE],
  strangersPerDay: [20, DAY],
} as const

/** Words that people look for, and what comes back. */
export const search = {
  text: 100,
  /** Best matches that are ranked and walked; what lies beyond is not found by these words. */
  ranked: 300,
  suggestions: { titles: 5, people: 3 },
  /** An order that the first page fixed is kept this long for whoever walks its pages. */
  orderFixedMs: 30 * MINUTE,
} as const

/** What a page tells about what was looked at (`worker/search/README.md`). */
export const signals = {
  perCall: 50,
  /** From this share of a card on it counts as visible, and from this time on as looked at. */
  visibleShare: 0.5,
  dwellFromMs: SECOND,
  /** Unbroken, it is a strong interest and a view. */
  strongMs: 10 * SECOND,
  /** More than this is not believed. */
  dwellMostMs: 10 * MINUTE,
  viewEveryMs: DAY,
} as const

export const recommendations = {
  /** The last strong interests are what is asked for. */
  interests: 10,
  similar: 300,
  related: 12,
  /** What was looked at for that long is left out. */
  seenForMs: 7 * DAY,
  orderFixedMs: 30 * MINUTE,
  /** What somebody was interested in is forgotten by itself. */
  keptMs: 90 * DAY,
} as const

export const media = {
  bytes: 5 * 1024 * 1024,
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'],
  pixels: 5_000,
  ticketMs: 2 * MINUTE,
  widths: [160, 480, 1_080, 1_980],
  share: { width: 1_200, height: 630 },
  alt: 100,
  unattachedMs: 24 * HOUR,
  privateLinkMs: 5 * MINUTE,
  shrinkTo: { bytes: 200 * 1024, pixels: 1_980 },
} as const

/** What a seller may set and how an auction runs. */
export const auctions = {
  title: 80,
  content: 4_000,
  images: 6,
  defects: 500,
  region: 40,
  price: { min: 100, max: 100_000_000, step: 100 },
  bid: { max: 1_000_000_000, confirmFactor: 10 },
  shippingFee: 100_000,
  startWithinMs: 48 * HOUR,
  durationMinutes: { min: 1, max: 10_080, default: 20 },
  softCloseWindows: [0, 10, 30, 60, 120, 300],
  softCloseCapMinutes: { min: 1, max: 60 },
  softCloseDefault: { windowSeconds: 30, capMinutes: 10 },
  softCloseLongDefault: { windowSeconds: 120, capMinutes: 30, fromMinutes: 60 },
  outage: { gapMs: 10 * SECOND, lastMs: 2 * MINUTE, beatMs: 5 * SECOND, mostMs: 10 * MINUTE },
  atOnce: { most: 10, beforeThreeDeals: 3, dealsForMost: 3 },
  note: 500,
  cancelReason: 500,
  snapshot: { bids: 20, messages: 50 },
  popular: 10,
  /** Orders by what moves stay fixed this long for a reader who walks their pages. */
  orderFixedMs: 30 * MINUTE,
  logPage: 500,
  projectEveryMs: SECOND,
  /** In a hot room more goes with each call. */
  tellRelayEveryMs: SECOND / 4,
  /** Who was outbid several times within it hears of the last. */
  followEveryMs: SECOND,
  projectPresenceEveryMs: 10 * SECOND,
} as const

/** Price below the first number: the second is the step (KRW). The last row holds from there up. */
export const ladder = [
  [10_000, 100],
  [50_000, 500],
  [100_000, 1_000],
  [500_000, 5_000],
  [1_000_000, 10_000],
  [5_000_000, 50_000],
  [10_000_000, 100_000],
  [Infinity, 500_000],
] as const

export const roomChat = {
  text: 100,
  everyMs: SECOND,
  slowModeSeconds: 120,
  openAfterEndMs: 10 * MINUTE,
  banReason: 200,
} as const

/** Rooms to talk in (`worker/chat/README.md`). */
export const chat = {
  members: 50,
  name: 50,
  text: 1_000,
  images: 6,
  editForMs: 15 * MINUTE,
  /** A deal's room can be read, but not written in, from so long after its end. */
  dealReadOnlyAfterMs: 30 * DAY,
  /** A deleted group is kept so long for reports. */
  deletedKeptMs: 30 * DAY,
  typingEveryMs: 3 * SECOND,
  typingFadesMs: 5 * SECOND,
} as const

/** What follows the hammer (`worker/deals/README.md`). */
export const deals = {
  place: 100,
  /** How far ahead a meeting may lie. */
  meetWithinMs: 14 * DAY,
  carrier: 40,
  tracking: 40,
  reason: 500,
  note: 1_000,
  media: 6,
  /** Entries of a dispute. */
  entries: 100,
  remindMs: [24 * HOUR, 2 * HOUR],
  /** Both are reminded of a deal without an appointment. */
  quietMs: [24 * HOUR, 48 * HOUR],
  completeAfterMeetingMs: 72 * HOUR,
  completeAfterSendingMs: 7 * DAY,
  /** What happens by itself is told so long before. */
  toldBeforeMs: 24 * HOUR,
  noShow: { fromMs: 30 * MINUTE, untilMs: 72 * HOUR, silenceMs: 48 * HOUR, answerMs: 48 * HOUR },
  lapseMs: 14 * DAY,
  disputeAfterMs: 7 * DAY,
  /** Without an agreement a dispute goes to a moderator. */
  viewAfterMs: 7 * DAY,
  reviewWithinMs: 14 * DAY,
} as const

/** Offers to the next bidders (`worker/auctions/README.md`). */
export const offers = {
  most: 3,
  withinMs: 7 * DAY,
  openMs: 24 * HOUR,
  /** For auctions that ran an hour or less. */
  quickOpenMs: HOUR,
  quickMinutes: 60,
} as const

/** Notifications (`worker/notifications/README.md`). */
export const notifications = {
  keptMs: 90 * DAY,
  devices: 20,
  push: {
    endpoint: 1_000,
    /** What expires sooner is kept by the push service until then, anything else this long. */
    keptMs: 3 * DAY,
    withinMs: 10 * SECOND,
  },
  /** Of a snapshot; more by REST. */
  snapshotRooms: 50,
  /** Characters of a message that a notice of it shows. */
  preview: 100,
  /** What could not be pushed for so long is not worth it any more. */
  pushWithinMs: HOUR,
  mailWithinMs: DAY,
} as const

/** Reviews and the manner score (`worker/reviews/README.md`). */
export const reviews = {
  text: 200,
  statements: 8,
  /** A review is due when both wrote, or so long after the deal's end. */
  dueAfterMs: 7 * DAY,
  /** So many people together, per receiver, or so long after it was due. */
  group: { people: 3, afterMs: 28 * DAY },
  /** A grade weighs 4, 3, 2, 1 tenths in its first periods, then nothing. */
  weight: { tenths: [4, 3, 2, 1], periodMs: 84 * DAY },
  /** In tenths of a point. */
  score: { start: 400, least: 0, most: 990 },
  noShowCountsMs: 365 * DAY,
  suspensionMs: 21 * DAY,
} as const

/** Decisions, appeals and what staff writes (`worker/moderation/README.md`). */
export const moderation = {
  facts: 2_000,
  reason: 500,
  appeal: 2_000,
  media: 6,
  appealWithinMs: 30 * DAY,
  answerWithinMs: 7 * DAY,
} as const

/** Sockets. */
export const sockets = {
  frameBytes: 8 * 1024,
  ref: 64,
  helloWithinMs: 5 * SECOND,
  heartbeatSeconds: 25,
  pongWithinMs: 10 * SECOND,
  authorityMs: 30 * MINUTE,
  perAccount: 10,
  perIp: 100,
  /** Client frames in a window; more closes the socket as too fast. Beyond `atOnce` in a moment they are heard in turns with those of others. */
  frames: { most: 200, windowMs: 10 * SECOND, atOnce: 10 },
  /** Greetings of one socket. Each may be answered with a whole room, and nothing says whether that was read. */
  greetings: 20,
  flushMs: { min: 16, max: 250 },
  resumeFacts: 1_000,
  presenceEveryMs: SECOND,
  presenceNamed: 50,
  unseenMs: 10 * SECOND,
  unseenBytes: 1024 * 1024,
  /** A client says what it has seen so often at most, at a moment of its own up to twice as long after a fact. */
  seenEveryMs: 2 * SECOND,
  malformedFrames: 3,
  /** A socket that said nothing for so long, not even ping, is gone: with the sweep every 20 s it leaves the count within 60 s. */
  silentMs: 40 * SECOND,
  sweepMs: 20 * SECOND,
  /** Facts in one batch of a resume. */
  resumeBatch: 250,
  answerWithinMs: 2 * SECOND,
  reconnectMs: { min: 500, max: 15 * SECOND },
  /** Who is sent away to come back does so within this time, each at a moment of their own. */
  backWithinMs: 2 * SECOND,
  keptAfterEndMs: 24 * HOUR,
  /** Facts of an Inbox. */
  factsKeptMs: 24 * HOUR,
} as const

/** Who watches one auction, and where (`worker/auctions/README.md`, "The audience"). Counted in sockets. */
export const audience = {
  /** What the room holds itself; who comes after is sent to a shard. */
  room: 1_500,
  /** What one shard holds. A new one opens when all are filled to `nearlyFull`. */
  shard: 2_000,
  nearlyFull: 0.9,
  /** Room and shards together; beyond it new ones are closed as overloaded. */
  most: 50_000,
  /** Frames that a room or a shard sends before what came in meanwhile has its turn. */
  turn: 200,
  /** When the others would be filled to no more than this by all that are there, the emptiest shard is emptied. */
  sparse: 0.5,
  /** But not before it has stood so long. */
  standsMs: MINUTE,
  /** How long the edge sends newcomers to the same shard without asking the room. */
  rememberedMs: SECOND,
} as const

export { dealEnded, faultRemedy, undoFault, type EndedDeal } from './ending.ts'
export { judgeManner } from './judging.ts'
export { reviewedAmong } from './queries.ts'
export { workOnReviews } from './working.ts'

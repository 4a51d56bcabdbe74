/** What comes after a page is on the screen. One chunk, since all of it is small and comes at the same time. */
export { Toasts } from '../../ui/toast/toasts.tsx'
export { ProblemScreen } from '../problems/problem-screen.tsx'
export { Categories, Trust } from '../auctions/lists/home-parts.tsx'
export { AccountMenu } from './account-menu.tsx'
export { GateScreen } from './gate-screen.tsx'
export { OfflineBanner } from './offline-banner.tsx'
export { PhoneCheck } from './phone-check.tsx'
export { Told } from './told.tsx'
export { Unread } from './unread.tsx'
export { Suggestions } from '../search/suggestions.tsx'

/** What the start page has for its reader alone. From here, since the names of all its chunks would weigh on that page. */
export const loadForReader = () => import('../auctions/lists/for-reader.tsx')

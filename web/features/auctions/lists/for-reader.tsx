/** What the start page has for its reader alone. One chunk: all of it comes once somebody has signed in. */
export { ForYou } from '../recommended/for-you.tsx'
export { Yours } from './yours.tsx'

import { createContext, type JSX, useContext } from 'solid-js'
import type { RulesView } from '../worker/contract/service.ts'
import type { Opened, ShownProblem } from './open-page.ts'

export type Operator = RulesView['operator']

/** What the edge rendered the page from, sent along as JSON: the browser starts from the same. */
export interface BootData {
  data: unknown
  problem?: ShownProblem
  /** Who runs the site, for the footer. */
  operator: Operator
}

export interface Boot {
  origin: string
  operator: Operator
  /** The page of the first address; taken once, by the first screen. */
  opened: Opened | null
  /** The parts of every page that only the edge renders; null in browsers, which leave them as they are. */
  frame: Frame | null
}

/** Parts of one page that only the edge renders while it is the first (`features/auctions/lists/home-parts.tsx`). */
export type PageFrame = Record<'Categories' | 'Trust', () => JSX.Element>

/** Those and `features/layout/fixtures.tsx`, handed in by the edge so that no first load holds them. */
export type Frame = PageFrame &
  Record<
    'Brand' | 'SearchLink' | 'MessagesLink' | 'NotificationsLink' | 'SellLink' | 'Footer' | 'TabBar',
    () => JSX.Element
  >

const BootContext = createContext<Boot>()

export const BootProvider = BootContext.Provider

export function useBoot(): Boot {
  const boot = useContext(BootContext)
  if (!boot) throw new Error('rendered outside of the app')
  return boot
}

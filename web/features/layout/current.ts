import { createEffect } from 'solid-js'
import { useLocation } from '../../ui/navigation/navigation.ts'

/** Keeps the mark of where one is on the links that the edge rendered. */
export function markCurrentLinks(): void {
  const location = useLocation()
  createEffect(() => {
    const here = location.pathname
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-nav]'))
      if (link.pathname === here) link.ariaCurrent = 'page'
      else link.removeAttribute('aria-current')
  })
}

import { useSyncExternalStore } from 'react'

// Paper is no phone, however narrow.
const phone = 'screen and (max-width: 767px)'
const wide = '(min-width: 1280px)'

function useIs(media: string): boolean {
  const onChange = (changed: () => void) => {
    const query = window.matchMedia(media)
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }
  return useSyncExternalStore(onChange, () => window.matchMedia(media).matches)
}

/** Whether the page is as narrow as a phone: cards instead of tables, tabs at the bottom. */
export function useIsPhone(): boolean {
  return useIs(phone)
}

/** Whether two columns fit beside the navigation. */
export function useIsWide(): boolean {
  return useIs(wide)
}

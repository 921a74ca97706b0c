import { useSyncExternalStore } from 'react'

// Paper is no phone, however narrow.
const phone = 'screen and (max-width: 767px)'

function onChange(changed: () => void): () => void {
  const query = window.matchMedia(phone)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Whether the page is as narrow as a phone: cards instead of tables, tabs at the bottom. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(onChange, () => window.matchMedia(phone).matches)
}

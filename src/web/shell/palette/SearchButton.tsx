import { Suspense, useEffect, useState } from 'react'
import { SearchOutlined } from '@ant-design/icons'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWords } from '#web/words/use-words.ts'
import type { PaletteContent } from './palette.ts'
import { paletteWords } from './words.ts'

// Pinyin comes with it: nobody waits for that before the first page is painted.
const CommandPalette = lazyPart(() => import('./CommandPalette.tsx'), 'CommandPalette')

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** Opens the search by a click or by Ctrl/⌘ K. */
export function SearchButton({ content }: { readonly content: PaletteContent }) {
  const t = useWords(paletteWords)
  const isPhone = useIsPhone()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen((before) => !before)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <>
      <button
        type="button"
        className={isPhone ? 'search-button search-button-phone' : 'search-button'}
        {...(isPhone ? { 'aria-label': t('search') } : {})}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
      >
        <SearchOutlined aria-hidden />
        {!isPhone && (
          <>
            <span className="search-button-text">{t('search')}</span>
            <kbd aria-hidden>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
          </>
        )}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <CommandPalette content={content} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

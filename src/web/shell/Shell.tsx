import { useState, type ReactNode } from 'react'
import type { Label } from '#base/label.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWords } from '#web/words/use-words.ts'
import { Brand } from './Brand.tsx'
import { PageLink } from './PageLink.tsx'
import type { PaletteContent } from './palette/palette.ts'
import { SearchButton } from './palette/SearchButton.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { shellWords } from './words.ts'
import { useFocusBack } from './use-focus-back.ts'
import { ViewingBanner } from './ViewingBanner.tsx'
import './shell.css'

export interface NavItem {
  readonly key: string
  readonly to: string
  /** In the reader's language. */
  readonly label: string
  readonly name: Label
  readonly icon: ReactNode
  /** Pages that belong to this entry, by the beginning of their address. */
  readonly paths: readonly string[]
  readonly group?: string
}

interface ShellProps {
  readonly nav: readonly NavItem[]
  /** The few entries a thumb reaches on a phone. */
  readonly tabs: readonly NavItem[]
  readonly path: string
  readonly whoAndWhen: ReactNode
  /** What the search finds besides records, and where it leads. */
  readonly palette: PaletteContent
  /** In the header, before the person: what waits to be looked at. */
  readonly notices: ReactNode
  readonly children: ReactNode
}

function isActive(item: NavItem, path: string): boolean {
  return item.paths.some((start) => path === start || path.startsWith(`${start}/`))
}

/** The frame of every page: navigation, who and when, the person. */
export function Shell(props: ShellProps) {
  useFocusBack()
  const isPhone = useIsPhone()
  return (
    <div className="shell-frame">
      <ViewingBanner />
      {isPhone ? <PhoneShell {...props} /> : <DeskShell {...props} />}
    </div>
  )
}

function SkipLink() {
  const t = useWords(shellWords)
  return (
    <a
      className="skip-link"
      href="#content"
      onClick={(event) => {
        event.preventDefault()
        document.getElementById('content')?.focus()
      }}
    >
      {t('skip')}
    </a>
  )
}

function NavEntry({
  item,
  path,
  isNarrow,
}: {
  readonly item: NavItem
  readonly path: string
  readonly isNarrow: boolean
}) {
  const active = isActive(item, path)
  return (
    <li>
      <PageLink
        to={item.to}
        className={`nav-link ${active ? 'nav-link-active' : ''}`}
        {...(isNarrow ? { 'aria-label': item.label } : {})}
      >
        <span className="nav-icon" aria-hidden title={isNarrow ? item.label : undefined}>
          {item.icon}
        </span>
        {!isNarrow && <span className="ellipsis">{item.label}</span>}
      </PageLink>
    </li>
  )
}

const narrowKey = 'terrace.nav'

function DeskShell({ nav, path, whoAndWhen, palette, notices, children }: ShellProps) {
  const t = useWords(shellWords)
  const [isNarrow, setNarrow] = useState(() => localStorage.getItem(narrowKey) === 'narrow')
  const toggle = () => {
    localStorage.setItem(narrowKey, isNarrow ? 'wide' : 'narrow')
    setNarrow(!isNarrow)
  }
  const groups = [...new Set(nav.map((item) => item.group))]
  return (
    <div className="shell" data-narrow={isNarrow}>
      <SkipLink />
      <nav className="shell-nav no-print" aria-label={t('mainNav')}>
        <PageLink to="/" className="shell-brand" {...(isNarrow ? { 'aria-label': 'Terrace' } : {})}>
          <Brand isShort={isNarrow} />
        </PageLink>
        <div className="shell-nav-scroll">
          {groups.map((group) => (
            <ul key={group ?? ''} className="nav-list" {...(group ? { 'aria-label': group } : {})}>
              {group && !isNarrow && (
                <li className="nav-group" aria-hidden>
                  {group}
                </li>
              )}
              {nav
                .filter((item) => item.group === group)
                .map((item) => (
                  <NavEntry key={item.key} item={item} path={path} isNarrow={isNarrow} />
                ))}
            </ul>
          ))}
        </div>
        <button
          type="button"
          className="nav-toggle"
          onClick={toggle}
          aria-label={t(isNarrow ? 'expand' : 'collapse')}
          aria-expanded={!isNarrow}
        >
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
            <path
              d={isNarrow ? 'M6 3l5 5-5 5' : 'M10 3L5 8l5 5'}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.6"
              strokeLinecap="round"
            />
          </svg>
        </button>
      </nav>
      <div className="shell-main">
        <header className="shell-header no-print">
          <div className="shell-who">{whoAndWhen}</div>
          <SearchButton content={palette} />
          {notices}
          <PersonMenu />
        </header>
        <main id="content" tabIndex={-1} className="shell-content">
          {children}
        </main>
      </div>
    </div>
  )
}

function PhoneShell({ tabs, path, whoAndWhen, palette, notices, children }: ShellProps) {
  const t = useWords(shellWords)
  return (
    <div className="shell-phone">
      <SkipLink />
      <header className="shell-header no-print">
        <div className="shell-who">{whoAndWhen}</div>
        <SearchButton content={palette} />
        {notices}
      </header>
      <main id="content" tabIndex={-1} className="shell-content">
        {children}
      </main>
      <nav className="shell-tabs no-print" aria-label={t('mainNav')}>
        {tabs.map((item) => (
          <PageLink
            key={item.key}
            to={item.to}
            className={`shell-tab ${isActive(item, path) ? 'shell-tab-active' : ''}`}
          >
            <span className="nav-icon" aria-hidden>
              {item.icon}
            </span>
            {item.label}
          </PageLink>
        ))}
      </nav>
    </div>
  )
}

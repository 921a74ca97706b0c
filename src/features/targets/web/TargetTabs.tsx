import { useEffect, useRef } from 'react'
import { useLocation } from '@tanstack/react-router'
import { useLeads } from '#web/session/me.ts'
import { useAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { tabWords } from './tab-words.ts'
import './target-tabs.css'

interface Tab {
  readonly to: string
  readonly word: keyof typeof tabWords.labels
  /** Further pages that stand behind the same tab. */
  readonly also?: readonly string[]
}

/** Ways to look at targets, in the order of daily use: of those who lead, and of those who sell. */
const forLeads: readonly Tab[] = [
  { to: '/targets', word: 'terrace' },
  { to: '/targets/mine', word: 'mine' },
  { to: '/forecast', word: 'forecast' },
  { to: '/targets/plans', word: 'plans' },
  { to: '/targets/agreements', word: 'agreements' },
  { to: '/targets/objectives', word: 'objectives' },
  { to: '/targets/outlook', word: 'outlook' },
  { to: '/targets/heat', word: 'boards', also: ['/targets/people', '/targets/funnel'] },
]
const forSellers: readonly Tab[] = [
  { to: '/targets/mine', word: 'mine' },
  { to: '/targets', word: 'terrace' },
  { to: '/forecast', word: 'forecast' },
  { to: '/targets/funnel', word: 'funnel' },
  { to: '/targets/outlook', word: 'outlook' },
  { to: '/targets/objectives', word: 'objectives' },
]

/** Leads from one to the other; node, period and metric come along. */
export function TargetTabs() {
  const t = useWords(tabWords)
  const { metric } = useAddress()
  const path = useLocation({ select: ({ pathname }) => pathname })
  const tabs = useLeads() ? forLeads : forSellers
  const bar = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone the bar is longer than the screen: the tab that is shown must be seen.
    const shown = bar.current?.querySelector<HTMLElement>('[aria-current="page"]')
    if (bar.current && shown) bar.current.scrollLeft = shown.offsetLeft - bar.current.offsetLeft - 24
  }, [])
  return (
    <nav aria-label={t('label')} className="target-tabs" ref={bar}>
      {tabs.map(({ to, word, also = [] }) => (
        <PageLink key={to} to={also.includes(path) ? path : to} search={{ metric }} className="target-tab" isExact>
          {t(word)}
        </PageLink>
      ))}
    </nav>
  )
}

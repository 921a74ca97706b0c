import { useEffect, useRef } from 'react'
import { useLeads } from '#web/session/me.ts'
import { useAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { tabWords } from './tab-words.ts'
import './target-tabs.css'

/** Ways to look at targets, in the order of daily use; some compare people, which is for those who lead them. */
const tabs = [
  { to: '/targets', word: 'terrace' },
  { to: '/targets/mine', word: 'mine' },
  { to: '/forecast', word: 'forecast' },
  { to: '/targets/own', word: 'own' },
  { to: '/targets/agreements', word: 'agreements', forLeads: true },
  { to: '/targets/plans', word: 'plans' },
  { to: '/targets/objectives', word: 'objectives' },
  { to: '/targets/outlook', word: 'outlook' },
  { to: '/targets/heat', word: 'heat', forLeads: true },
  { to: '/targets/people', word: 'people', forLeads: true },
  { to: '/targets/funnel', word: 'funnel' },
  { to: '/targets/wall', word: 'wall', forLeads: true },
] as const satisfies readonly { readonly to: string; readonly word: string; readonly forLeads?: boolean }[]

/** Leads from one to the other; node, period and metric come along. */
export function TargetTabs() {
  const t = useWords(tabWords)
  const { metric } = useAddress()
  const leads = useLeads()
  const bar = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone the bar is longer than the screen: the tab that is shown must be seen.
    const shown = bar.current?.querySelector<HTMLElement>('[aria-current="page"]')
    if (bar.current && shown) bar.current.scrollLeft = shown.offsetLeft - bar.current.offsetLeft - 24
  }, [])
  return (
    <nav aria-label={t('label')} className="target-tabs" ref={bar}>
      {tabs
        .filter((tab) => leads || !('forLeads' in tab))
        .map(({ to, word }) => (
          <PageLink key={to} to={to} search={{ metric }} className="target-tab" isExact>
            {t(word)}
          </PageLink>
        ))}
    </nav>
  )
}

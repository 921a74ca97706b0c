import { useAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { tabWords } from './tab-words.ts'
import './target-tabs.css'

/** Ways to look at targets, in the order of daily use. */
const tabs = [
  { to: '/targets', word: 'terrace' },
  { to: '/targets/mine', word: 'mine' },
  { to: '/targets/heat', word: 'heat' },
  { to: '/targets/people', word: 'people' },
  { to: '/targets/funnel', word: 'funnel' },
  { to: '/targets/outlook', word: 'outlook' },
  { to: '/targets/plans', word: 'plans' },
  { to: '/forecast', word: 'forecast' },
  { to: '/targets/own', word: 'own' },
  { to: '/targets/agreements', word: 'agreements' },
  { to: '/targets/objectives', word: 'objectives' },
  { to: '/targets/wall', word: 'wall' },
] as const

/** Leads from one to the other; node, period and metric come along. */
export function TargetTabs() {
  const t = useWords(tabWords)
  const { metric } = useAddress()
  return (
    <nav aria-label={t('label')} className="target-tabs">
      {tabs.map(({ to, word }) => (
        <PageLink key={to} to={to} search={{ metric }} className="target-tab" isExact>
          {t(word)}
        </PageLink>
      ))}
    </nav>
  )
}

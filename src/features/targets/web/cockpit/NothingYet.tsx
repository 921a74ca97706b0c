import { Button } from 'antd'
import { useStructures } from '#features/org/web/index.tsx'
import { EmptyState } from '#web/kit/PageStates.tsx'
import { useAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { cockpitWords } from './words.ts'

/** Why there is nothing to draw: nobody stands in the structure yet, or the period has neither targets nor results. */
export function NothingYet({ onLastYear }: { readonly onLastYear: () => void }) {
  const t = useWords(cockpitWords)
  const label = useLabel()
  const { structure } = useAddress()
  const chosen = useStructures().data?.find(({ key }) => key === structure)
  if (chosen?.people === 0) {
    return (
      <EmptyState
        title={t('nobodyPlaced', { name: label(chosen.name) })}
        text={t('nobodyPlacedText')}
        action={
          <PageLink to="/org" search={{ structure }}>
            {t('toOrg')}
          </PageLink>
        }
      />
    )
  }
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={t('emptyText')}
      action={<Button onClick={onLastYear}>{t('lastYear')}</Button>}
    />
  )
}

import { workplaceBrands } from '#engine/contract/workplace.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { BrandCard } from './BrandCard.tsx'
import { BrandPage } from './BrandPage.tsx'
import { useConnections } from './use-workplaces.ts'
import { workplaceWords } from './words.ts'
import './workplace.css'

/** 企业微信, 钉钉, 飞书 side by side, or the one that the address names. */
export function WorkplacePage() {
  const t = useWords(workplaceWords)
  const address = useAddress()
  const change = useChangeAddress()
  const listed = useConnections()
  const connections = listed.data?.connections ?? []
  const opened = connections.find(({ brand }) => brand === address['brand'])
  if (opened) return <BrandPage key={opened.brand} connection={opened} />
  return (
    <BoardPage title={t('title')} note={t('note')}>
      {listed.isPending && <LoadingState rows={8} />}
      {listed.isError && !listed.data && <ErrorState problem={listed.error} onRetry={() => void listed.refetch()} />}
      <div className="workplace-cards">
        {workplaceBrands.flatMap((brand) => {
          const connection = connections.find((one) => one.brand === brand)
          return connection ? [<BrandCard key={brand} connection={connection} onOpen={() => change({ brand })} />] : []
        })}
      </div>
    </BoardPage>
  )
}

import { Button, Tag } from 'antd'
import { Panel } from '#web/kit/Panel.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { brandNames } from '../brand-names.ts'
import type { Connection } from '../contract.ts'
import { BrandIcon } from './BrandIcon.tsx'
import { StateTag } from './StateTag.tsx'
import { Standing } from './Standing.tsx'
import { workplaceWords } from './words.ts'

/** How one brand fares, and the way to its settings. */
export function BrandCard({ connection, onOpen }: { readonly connection: Connection; readonly onOpen: () => void }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const { brand, isConnected } = connection
  const name = label(brandNames[brand])
  return (
    <Panel
      className="workplace-card"
      title={
        <>
          <BrandIcon brand={brand} /> {name}
        </>
      }
      extra={isConnected ? <StateTag state="done">{t('connected')}</StateTag> : <Tag>{t('notConnected')}</Tag>}
    >
      {isConnected ? <Standing connection={connection} /> : <p className="muted">{t('offersNothing')}</p>}
      <div className="workplace-card-act">
        {isConnected ? (
          <Button aria-label={t('openOf', { name })} onClick={onOpen}>
            {t('open')}
          </Button>
        ) : (
          <Button type="primary" ghost aria-label={t('connectTo', { name })} onClick={onOpen}>
            {t('connect')}
          </Button>
        )}
      </div>
    </Panel>
  )
}

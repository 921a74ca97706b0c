import { SwapOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tag, Tooltip } from 'antd'
import { dayText } from '#web/kit/date-text.ts'
import { shortNumber } from '#web/kit/number-text.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { CategoryKey, ForecastDealRow } from '../contract.ts'
import { forecastWords } from './words.ts'

const choices = ['committed', 'best_case', 'pipeline', 'omitted'] as const satisfies readonly CategoryKey[]

interface DealTileProps {
  readonly deal: ForecastDealRow
  readonly currency: string
  /** Null: follow the stage again. */
  readonly onMove: (to: CategoryKey | null) => void
}

/** One deal: dragged to another category, or given one by its menu. */
export function DealTile({ deal, currency, onMove }: DealTileProps) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  const open = useOpenRecord()
  const name = deal.name ?? t('hidden')
  const items = [
    ...choices.map((key) => ({ key, label: t(key), disabled: key === deal.category })),
    ...(deal.isByHand ? [{ key: 'stage', label: t('followStage') }] : []),
  ]
  return (
    <article
      className="forecast-tile"
      draggable={deal.canChange}
      onDragStart={(event) => event.dataTransfer.setData('text/plain', deal.id)}
    >
      <button
        type="button"
        className="plain-button forecast-tile-name"
        disabled={deal.name === null}
        onClick={() => open('opportunity', deal.id)}
      >
        {name}
      </button>
      <b className="num">{shortNumber(deal.amount, { unit: 'money', language, currency })}</b>
      <small className="muted">
        {[deal.accountName, label(deal.stage), deal.expectedOn && dayText(deal.expectedOn, language)]
          .filter(Boolean)
          .join(' · ')}
        {deal.isByHand && (
          <Tooltip title={t('byHandHint')}>
            <Tag className="forecast-tag">{t('byHand')}</Tag>
          </Tooltip>
        )}
      </small>
      {deal.canChange && (
        <Dropdown
          trigger={['click']}
          menu={{ items, onClick: ({ key }) => onMove(choices.find((choice) => choice === key) ?? null) }}
        >
          <Button className="forecast-move" type="text" icon={<SwapOutlined />} aria-label={t('moveTo', { name })} />
        </Dropdown>
      )}
    </article>
  )
}

import { useState } from 'react'
import { Button } from 'antd'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { FieldValue } from './FieldValue.tsx'
import { pointsAt } from './fields/children-address.ts'
import { RecordForm } from './RecordForm.tsx'
import { titleOf } from './record-title.ts'
import { useObjects, type ScreenField, type ScreenObject } from './use-objects.ts'
import { useRecordQuery, useTotals, type RecordRow } from './use-records.ts'
import { objectWords } from './words.ts'

interface RelatedListsProps {
  readonly object: ScreenObject
  readonly row: RecordRow
}

/** Records of other objects that refer to this one. */
export function RelatedLists({ object, row }: RelatedListsProps) {
  const { objects } = useObjects()
  const related = objects.flatMap((other) =>
    other.fields
      .filter((field) => (field.type === 'reference' || field.type === 'multi_reference') && field.to === object.key)
      .map((field) => ({ other, field })),
  )
  return (
    <div className="related">
      {related.map(({ other, field }) => (
        <RelatedList
          key={`${other.key}.${field.key}`}
          object={object}
          row={row}
          other={other}
          field={field}
          isOneOfSeveral={related.filter((known) => known.other === other).length > 1}
        />
      ))}
    </div>
  )
}

interface RelatedListProps extends RelatedListsProps {
  readonly other: ScreenObject
  readonly field: ScreenField
  /** Records of that object refer to this one by another field too. */
  readonly isOneOfSeveral: boolean
}

const shownRows = 5

function RelatedList({ object, row, other, field, isOneOfSeveral }: RelatedListProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const language = useLanguage()
  const open = useOpenRecord()
  const [isNew, setNew] = useState(false)
  const title = isOneOfSeveral ? `${label(other.labelOfMany)} · ${label(field.label)}` : label(other.labelOfMany)
  const filter = pointsAt(field.key, field.type, row.id)
  const list = useRecordQuery(other.key, { filter, limit: shownRows })
  const totals = useTotals(other.key, { filter })
  const rows = list.data?.rows ?? []
  const facts = other.fields
    .filter((known) => known.inList && known.key !== other.title && known.key !== field.key && known.type !== 'owner')
    .slice(0, 3)
  const count = totals.data?.count ?? rows.length
  return (
    <section className="related-list" aria-label={title}>
      <div className="related-head">
        <h2>
          {title} <span className="muted num">{count > 0 ? count.toLocaleString('en-US') : ''}</span>
        </h2>
        {count > shownRows && (
          <PageLink to={`/records/${other.key}`} search={{ filter: JSON.stringify([filter]), record: undefined }}>
            {t('all')}
          </PageLink>
        )}
        {other.can.create && (
          <Button size="small" onClick={() => setNew(true)} aria-label={t('new', { object: label(other.label) })}>
            +
          </Button>
        )}
      </div>
      {rows.map((item) => (
        <button
          key={item.id}
          type="button"
          className="plain-button related-row"
          onClick={() => open(other.key, item.id)}
        >
          <b className="ellipsis">{titleOf(other, item, language)}</b>
          {facts.map((fact) => (
            <span key={fact.key} className="ellipsis">
              <FieldValue field={fact} row={item} isDense isCard />
            </span>
          ))}
        </button>
      ))}
      {!list.isPending && rows.length === 0 && <p className="muted related-none">{t('nothingRelated')}</p>}
      {isNew && (
        <RecordForm
          object={other}
          first={{ [field.key]: field.type === 'multi_reference' ? [row.id] : row.id }}
          firstNames={{ [field.type === 'multi_reference' ? row.id : field.key]: titleOf(object, row, language) }}
          onClose={() => setNew(false)}
        />
      )}
    </section>
  )
}

import { momentText } from '#web/kit/date-text.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { applies, viewpointOf } from './applies.ts'
import { FieldValue } from './FieldValue.tsx'
import { layOut } from './lay-out.ts'
import { isWide, type ScreenField, type ScreenObject } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'
import { objectWords } from './words.ts'

interface RecordFieldsProps {
  readonly object: ScreenObject
  readonly row: RecordRow
}

/** A record's fields in the sections of its layout; what the layout does not name stands under "more". */
export function RecordFields({ object, row }: RecordFieldsProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const viewpoint = viewpointOf(useMe())
  const isShown = (field: ScreenField) => applies(field.visibleIf, object, row, viewpoint) !== false
  const { sections, rest } = layOut(object, row)
  const isLaidOut = sections.some((section) => section.label)
  return (
    <>
      {sections.map((section, at) => {
        const fields = section.fields.filter(isShown)
        if (fields.length === 0) return null
        return (
          <section key={at} className="record-section">
            {section.label && <h2>{label(section.label)}</h2>}
            <dl className="record-fields" data-columns={isLaidOut ? section.columns : undefined}>
              {fields.map((field) => (
                <FieldLine key={field.key} object={object.key} field={field} row={row} />
              ))}
              {!isLaidOut && <Moments row={row} />}
            </dl>
          </section>
        )
      })}
      {isLaidOut && (
        <details className="record-more">
          <summary>{t('more')}</summary>
          <dl className="record-fields">
            {rest.filter(isShown).map((field) => (
              <FieldLine key={field.key} object={object.key} field={field} row={row} />
            ))}
            <Moments row={row} />
          </dl>
        </details>
      )}
    </>
  )
}

interface FieldLineProps {
  readonly object: string
  readonly field: ScreenField
  readonly row: RecordRow
}

function FieldLine({ object, field, row }: FieldLineProps) {
  const label = useLabel()
  return (
    <div className={isWide(field) ? 'record-field-wide' : ''}>
      <dt>{label(field.label)}</dt>
      <dd>
        <FieldValue object={object} field={field} row={row} />
      </dd>
    </div>
  )
}

function Moments({ row }: { readonly row: RecordRow }) {
  const t = useWords(objectWords)
  const language = useLanguage()
  return (
    <>
      <div>
        <dt>{t('createdAt')}</dt>
        <dd>{momentText(String(row.createdAt), language)}</dd>
      </div>
      <div>
        <dt>{t('updatedAt')}</dt>
        <dd>{momentText(String(row.updatedAt), language)}</dd>
      </div>
    </>
  )
}

import { Select } from 'antd'
import type { TargetView } from '#engine/transfer/target-view.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { keysFed, withKey } from './draft.ts'
import { importWords } from './words.ts'

interface ExistingRecordsProps {
  readonly target: TargetView
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
}

/** What happens to rows whose record is there already. */
export function ExistingRecords({ target, mapping, onChange }: ExistingRecordsProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const key = mapping.upsertKey ?? ''
  return (
    <section className="import-others">
      <h2>{t('rules')}</h2>
      <div className="import-row">
        <label className="import-labelled">
          {t('key')}
          <Select
            className="import-object"
            value={key}
            options={[
              ...keysFed(mapping, target).map((field) => ({ value: field.key, label: label(field.label) })),
              { value: '', label: t('noKey') },
            ]}
            onChange={(next) => onChange(withKey(mapping, next === '' ? undefined : next))}
          />
        </label>
        {key !== '' && (
          <>
            <label className="import-labelled">
              {t('mode')}
              <Select
                className="import-object"
                value={mapping.mode}
                options={[
                  { value: 'upsert', label: t('modeUpsert') },
                  { value: 'create', label: t('modeCreate') },
                  { value: 'update', label: t('modeUpdate') },
                ]}
                onChange={(mode) => onChange({ ...mapping, mode })}
              />
            </label>
            <label className="import-labelled">
              {t('repeated')}
              <Select
                className="import-object"
                value={mapping.repeated}
                options={[
                  { value: 'refuse', label: t('repeatedRefuse') },
                  { value: 'leave_out', label: t('repeatedLeaveOut') },
                ]}
                onChange={(repeated) => onChange({ ...mapping, repeated })}
              />
            </label>
            <label className="import-labelled">
              {t('emptyCells')}
              <Select
                className="import-object"
                value={mapping.emptyCells}
                options={[
                  { value: 'keep', label: t('emptyKeep') },
                  { value: 'clear', label: t('emptyClear') },
                ]}
                onChange={(emptyCells) => onChange({ ...mapping, emptyCells })}
              />
            </label>
          </>
        )}
        <label className="import-labelled">
          {t('duplicates')}
          <Select
            className="import-object"
            value={mapping.duplicates ?? 'refuse'}
            options={[
              { value: 'refuse', label: t('duplicatesRefuse') },
              { value: 'skip', label: t('duplicatesSkip') },
              { value: 'allow', label: t('duplicatesAllow') },
            ]}
            onChange={(duplicates) => onChange({ ...mapping, duplicates })}
          />
        </label>
      </div>
    </section>
  )
}

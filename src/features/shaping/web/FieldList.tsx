import type { ReactNode } from 'react'
import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Progress, Tag } from 'antd'
import type { Label } from '#base/label.ts'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { typeWords } from './field-types.tsx'
import { RecentlyDeleted } from './RecentlyDeleted.tsx'
import { draftOf, useShapeActs, type ShapedField } from './use-shape.ts'
import { shapeWords } from './words.ts'

interface FieldListProps {
  readonly screen: ScreenObject
  /** Those that the company added, deleted ones too. */
  readonly fields: readonly ShapedField[]
  readonly onEdit: (field: ShapedField) => void
}

/** The fields of an object: those that the company added can be changed, the others are shown. */
export function FieldList({ screen, fields, onEdit }: FieldListProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const acts = useShapeActs()
  const live = fields.filter((field) => field.deletedAt === null)
  const gone = fields.filter((field) => field.deletedAt !== null)
  return (
    <div className="shape-stack">
      <Panel title={t('fieldsOwn')} flush>
        {live.length === 0 && <p className="muted shape-empty">{t('fieldsEmpty')}</p>}
        <ul className="shape-rows">
          {live.map((field) => {
            const { definition } = field
            const name = label(definition.label)
            return (
              <FieldRow
                key={field.id}
                name={definition.label}
                fieldKey={field.key}
                type={definition.type}
                marks={<OwnMarks field={field} />}
                acts={
                  <>
                    <Button
                      type="text"
                      icon={<EditOutlined />}
                      aria-label={t('editName', { name })}
                      onClick={() => onEdit(field)}
                    />
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={t('removeName', { name })}
                      onClick={() => void acts.deleteField(field)}
                    />
                  </>
                }
              />
            )
          })}
        </ul>
      </Panel>
      <RecentlyDeleted
        things={gone.map((field) => ({
          key: field.id,
          label: field.definition.label,
          purgedOn: field.purgedOn,
          onRestore: () => acts.restoreField(field),
        }))}
      />
      <Panel title={t('fieldsStandard')} flush>
        <ul className="shape-rows">
          {screen.fields
            .filter((field) => !field.custom)
            .map((field) => (
              <FieldRow
                key={field.key}
                name={field.label}
                fieldKey={field.key}
                type={field.type}
                marks={
                  <>
                    {field.required && <Tag>{t('required')}</Tag>}
                    {field.unique && <Tag>{t('unique')}</Tag>}
                    {field.readOnly && <Tag>{t('readOnlyMark')}</Tag>}
                  </>
                }
              />
            ))}
        </ul>
      </Panel>
    </div>
  )
}

interface FieldRowProps {
  readonly name: Label
  readonly fieldKey: string
  readonly type: string
  readonly marks: ReactNode
  readonly acts?: ReactNode
}

function FieldRow({ name, fieldKey, type, marks, acts }: FieldRowProps) {
  const label = useLabel()
  const words = typeWords(type)
  return (
    <li className="shape-row">
      <span className="shape-icon" aria-hidden>
        {words.icon}
      </span>
      <span className="shape-name">
        {label(name)}
        <code className="muted">{fieldKey}</code>
      </span>
      <span className="muted shape-kind">{label(words.label)}</span>
      <span className="shape-marks">{marks}</span>
      <span className="shape-acts">{acts}</span>
    </li>
  )
}

function OwnMarks({ field }: { readonly field: ShapedField }) {
  const t = useWords(shapeWords)
  const { required, unique, oftenFiltered, visibleIf, requiredIf } = draftOf(field)
  const done = Math.floor((field.indexProgress ?? 0) * 100)
  return (
    <>
      {required && <Tag>{t('required')}</Tag>}
      {requiredIf && <Tag>{t('requiredMark')}</Tag>}
      {visibleIf && <Tag>{t('visibleMark')}</Tag>}
      {unique && <Tag>{t('unique')}</Tag>}
      {oftenFiltered && <Tag>{t('oftenFiltered')}</Tag>}
      {field.indexState === 'building' && (
        <span className="shape-indexing" role="status">
          <Progress type="circle" size={16} percent={done} showInfo={false} aria-label={t('indexing', { n: done })} />
          {t('indexing', { n: done })}
        </span>
      )}
    </>
  )
}

import { HolderOutlined, MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tag } from 'antd'
import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import type { ScreenField } from '#features/objects/web/index.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { typeWords } from './field-types.tsx'
import { formWords } from './form-words.ts'
import { shapeWords } from './words.ts'

interface FieldTileProps {
  readonly field: ScreenField
  /** Where its menu can put it. */
  readonly places: readonly { readonly id: string; readonly name: string }[]
  readonly onMove: (place: string) => void
  readonly onEdit: (() => void) | undefined
}

/** One field in the designer. */
export function FieldTile({ field, places, onMove, onEdit }: FieldTileProps) {
  const t = useWords(formWords)
  const label = useLabel()
  const { setNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({ id: field.key })
  const name = label(field.label)
  return (
    <div
      ref={setNodeRef}
      className="field-tile"
      data-dragged={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition: transition }}
    >
      <button
        type="button"
        className="plain-button tile-grip"
        {...attributes}
        {...listeners}
        aria-label={t('drag', { name })}
      >
        <TileText field={field} />
      </button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...places.map((place) => ({ key: place.id, label: place.name, onClick: () => onMove(place.id) })),
            ...(onEdit ? [{ key: 'edit', label: t('editField'), onClick: onEdit }] : []),
          ],
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('fieldMore', { name })} />
      </Dropdown>
    </div>
  )
}

/** The field while it is carried. */
export function TileFace({ field }: { readonly field: ScreenField }) {
  return (
    <div className="field-tile field-tile-carried">
      <span className="tile-grip">
        <TileText field={field} />
      </span>
    </div>
  )
}

function TileText({ field }: { readonly field: ScreenField }) {
  const t = useWords(shapeWords)
  const label = useLabel()
  return (
    <>
      <HolderOutlined className="tile-holder" />
      <span className="tile-icon" aria-hidden>
        {typeWords(field.type).icon}
      </span>
      <span className="ellipsis">
        {label(field.label)}
        {field.required && (
          <span className="shape-required" aria-hidden>
            *
          </span>
        )}
      </span>
      {field.visibleIf && <Tag>{t('visibleMark')}</Tag>}
      {field.requiredIf && <Tag>{t('requiredMark')}</Tag>}
    </>
  )
}

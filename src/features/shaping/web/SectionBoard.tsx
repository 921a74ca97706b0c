import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import {
  closestCorners,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DragOverEvent,
} from '@dnd-kit/core'
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable'
import type { ScreenField, ScreenObject } from '#features/objects/web/index.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { FieldTile, TileFace } from './FieldTile.tsx'
import { formWords } from './form-words.ts'
import {
  addSection,
  fieldsOutside,
  moveField,
  moveSection,
  outside,
  placeOf,
  type DraftSection,
} from './layout-draft.ts'
import { SectionBox } from './SectionBox.tsx'
import { TileList } from './TileList.tsx'
import { useDragWords } from './use-drag-words.ts'

interface SectionBoardProps {
  readonly screen: ScreenObject
  readonly sections: readonly DraftSection[]
  readonly onChange: (sections: readonly DraftSection[]) => void
  readonly onEditField: (key: string) => void
}

/** Fields between sections and outside of the form, moved by mouse, finger, keys, or by their menu. */
export function SectionBoard({ screen, sections, onChange, onEditField }: SectionBoardProps) {
  const t = useWords(formWords)
  const label = useLabel()
  const [dragged, setDragged] = useState<string>()
  const [before, setBefore] = useState(sections)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const fieldOf = (key: string) => screen.fields.find((field) => field.key === key)
  const nameOf = (key: string) => label(fieldOf(key)?.label ?? { zh: key, en: key })
  const sectionName = (id: string) => {
    const at = sections.findIndex((section) => section.id === id)
    const section = sections[at]
    return section ? label(section.label) || t('sectionNumber', { n: at + 1 }) : t('notInForm')
  }
  const placeOver = (id: string) =>
    id === outside || sections.some((section) => section.id === id) ? id : placeOf(sections, id)
  const accessibility = useDragWords(nameOf, (id) => sectionName(placeOver(id)))

  const follow = ({ active, over }: Pick<DragOverEvent, 'active' | 'over'>) => {
    if (!over || active.id === over.id) return
    const [key, target] = [String(active.id), String(over.id)]
    const to = placeOver(target)
    const at = sections.find((section) => section.id === to)?.fields.indexOf(target) ?? -1
    if (to === outside && placeOf(sections, key) === outside) return
    // Over an empty part of its own section nothing moves.
    if (at < 0 && placeOf(sections, key) === to) return
    onChange(moveField(sections, key, to, at < 0 ? undefined : at))
  }
  const tile = (field: ScreenField, place: string) => (
    <FieldTile
      key={field.key}
      field={field}
      places={[
        ...sections
          .filter((section) => section.id !== place)
          .map((section) => ({ id: section.id, name: t('moveTo', { name: sectionName(section.id) }) })),
        ...(place === outside ? [] : [{ id: outside, name: t('takeOut') }]),
      ]}
      onMove={(to) => onChange(moveField(sections, field.key, to))}
      onEdit={field.custom ? () => onEditField(field.key) : undefined}
    />
  )
  const tilesOf = (keys: readonly string[], place: string) =>
    keys.flatMap((key) => {
      const field = fieldOf(key)
      return field ? [tile(field, place)] : []
    })
  const out = fieldsOutside(
    sections,
    screen.fields.map((field) => field.key),
  )
  const change = (id: string, changes: Partial<DraftSection>) =>
    onChange(sections.map((section) => (section.id === id ? { ...section, ...changes } : section)))
  const carried = dragged === undefined ? undefined : fieldOf(dragged)
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCorners}
      accessibility={accessibility}
      onDragStart={({ active }) => (setDragged(String(active.id)), setBefore(sections))}
      onDragOver={(event) => {
        const isElsewhere =
          event.over && placeOver(String(event.over.id)) !== placeOf(sections, String(event.active.id))
        if (isElsewhere) follow(event)
      }}
      onDragEnd={(event) => (follow(event), setDragged(undefined))}
      onDragCancel={() => (onChange(before), setDragged(undefined))}
    >
      <div className="form-board">
        <section className="form-outside" aria-label={t('notInForm')}>
          <h3>{t('notInForm')}</h3>
          <TileList id={outside} keys={out} columns={1} empty={t('everythingIn')}>
            {tilesOf(out, outside)}
          </TileList>
        </section>
        <div className="design-sections">
          {sections.map((section, at) => (
            <SectionBox
              key={section.id}
              section={section}
              name={sectionName(section.id)}
              isFirst={at === 0}
              isLast={at === sections.length - 1}
              onChange={(changes) => change(section.id, changes)}
              onMove={(by) => onChange(moveSection(sections, section.id, by))}
              onRemove={() => onChange(sections.filter((other) => other.id !== section.id))}
            >
              {tilesOf(section.fields, section.id)}
            </SectionBox>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange(addSection(sections))}>
            {t('addSection')}
          </Button>
        </div>
      </div>
      <DragOverlay>{carried && <TileFace field={carried} />}</DragOverlay>
    </DndContext>
  )
}

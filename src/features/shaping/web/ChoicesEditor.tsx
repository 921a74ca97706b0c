import { useState } from 'react'
import { DeleteOutlined, HolderOutlined, PlusOutlined, RollbackOutlined, StopOutlined } from '@ant-design/icons'
import { Button, Input, Select, Tag } from 'antd'
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { newChoice, type ChoiceDraft } from './field-draft.ts'
import { FaultLine } from './LabelInput.tsx'
import { useDragWords } from './use-drag-words.ts'
import { shapeWords } from './words.ts'

interface Line {
  readonly id: string
  readonly choice: ChoiceDraft
}

interface ChoicesEditorProps {
  readonly id: string
  readonly first: readonly ChoiceDraft[]
  readonly fault: string | undefined
  readonly onChange: (choices: readonly ChoiceDraft[]) => void
}

const lineOf = (choice: ChoiceDraft): Line => ({ id: crypto.randomUUID(), choice })

/** The choices in their order: names, colour; those that records may hold are retired rather than removed. */
export function ChoicesEditor({ id, first, fault, onChange }: ChoicesEditorProps) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const [lines, setLines] = useState<readonly Line[]>(() => first.map(lineOf))
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const nameOf = (lineId: string) => {
    const at = lines.findIndex((line) => line.id === lineId)
    return label(lines[at]?.choice.label ?? newChoice().label) || t('choiceNumber', { n: at + 1 })
  }
  const accessibility = useDragWords(nameOf, nameOf)
  const put = (next: readonly Line[]) => {
    setLines(next)
    onChange(next.map((line) => line.choice))
  }
  const change = (lineId: string, changes: Partial<ChoiceDraft>) =>
    put(lines.map((line) => (line.id === lineId ? { ...line, choice: { ...line.choice, ...changes } } : line)))
  return (
    <div className="shape-field" role="group" aria-labelledby={`${id}-name`}>
      <span id={`${id}-name`} className="shape-caption">
        {t('choices')}
      </span>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={accessibility}
        onDragEnd={({ active, over }) => {
          const at = (key: unknown) => lines.findIndex((line) => line.id === key)
          if (over && active.id !== over.id) put(arrayMove([...lines], at(active.id), at(over.id)))
        }}
      >
        <SortableContext items={lines.map((line) => line.id)} strategy={verticalListSortingStrategy}>
          <ul className="choice-lines">
            {lines.map((line, at) => (
              <ChoiceLine
                key={line.id}
                line={line}
                number={at + 1}
                name={nameOf(line.id)}
                onChange={(changes) => change(line.id, changes)}
                onRemove={() => put(lines.filter((other) => other.id !== line.id))}
              />
            ))}
          </ul>
        </SortableContext>
      </DndContext>
      <Button type="dashed" icon={<PlusOutlined />} onClick={() => put([...lines, lineOf(newChoice())])}>
        {t('addChoice')}
      </Button>
      <FaultLine id={id} fault={fault} />
      {lines.some((line) => line.choice.key) && <span className="muted shape-help">{t('retiredHelp')}</span>}
    </div>
  )
}

interface ChoiceLineProps {
  readonly line: Line
  readonly number: number
  readonly name: string
  readonly onChange: (changes: Partial<ChoiceDraft>) => void
  readonly onRemove: () => void
}

function ChoiceLine({ line, number, name, onChange, onRemove }: ChoiceLineProps) {
  const t = useWords(shapeWords)
  const { setNodeRef, attributes, listeners, transform, transition } = useSortable({ id: line.id })
  const { choice } = line
  const what = t('choiceNumber', { n: number })
  return (
    <li
      ref={setNodeRef}
      className="choice-line"
      data-retired={choice.retired ?? false}
      style={{ transform: CSS.Translate.toString(transform), transition: transition }}
    >
      <button
        type="button"
        className="plain-button drag-handle"
        {...attributes}
        {...listeners}
        aria-label={t('dragLine', { name })}
      >
        <HolderOutlined />
      </button>
      <Input
        aria-label={t('chinese', { name: what })}
        value={choice.label.zh}
        maxLength={60}
        placeholder={t('inChinese')}
        onChange={(event) => onChange({ label: { ...choice.label, zh: event.target.value } })}
      />
      <Input
        aria-label={t('english', { name: what })}
        value={choice.label.en}
        maxLength={60}
        placeholder={choice.label.zh.trim() || t('sameAsChinese')}
        onChange={(event) => onChange({ label: { ...choice.label, en: event.target.value } })}
      />
      <ColorSelect label={`${t('color')} ${number}`} value={choice.color} onChange={(color) => onChange({ color })} />
      {choice.key === undefined ? (
        <Button type="text" icon={<DeleteOutlined />} aria-label={t('removeLine', { n: number })} onClick={onRemove} />
      ) : (
        <Button
          type="text"
          icon={choice.retired ? <RollbackOutlined /> : <StopOutlined />}
          title={t(choice.retired ? 'bringBack' : 'retire', { name })}
          aria-label={t(choice.retired ? 'bringBack' : 'retire', { name })}
          onClick={() => onChange({ retired: !choice.retired })}
        />
      )}
      {choice.retired && <Tag className="choice-retired">{t('retired')}</Tag>}
    </li>
  )
}

interface ColorSelectProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (color: string | undefined) => void
}

/** The colours in which lists show choices. */
function ColorSelect({ label, value, onChange }: ColorSelectProps) {
  const t = useWords(shapeWords)
  const colors = [
    { key: '', text: t('colorNone') },
    { key: 'green', text: t('colorGreen') },
    { key: 'blue', text: t('colorBlue') },
    { key: 'gold', text: t('colorGold') },
    { key: 'red', text: t('colorRed') },
  ]
  return (
    <Select<string>
      aria-label={label}
      value={value ?? ''}
      popupMatchSelectWidth={false}
      options={colors.map(({ key, text }) => ({
        value: key,
        label: (
          <span className="choice" data-color={key}>
            {text}
          </span>
        ),
      }))}
      onChange={(color) => onChange(color === '' ? undefined : color)}
    />
  )
}

import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'
import { FieldInput, type ScreenField } from '#features/objects/web/index.tsx'

/** Where the grid goes on after a cell. */
export type Leave = 'stay' | 'down' | 'right' | 'left'

interface CellEditorProps {
  readonly field: ScreenField
  readonly value: unknown
  readonly name: string | undefined
  readonly label: string
  readonly fault: string | undefined
  readonly onCommit: (value: unknown, leave: Leave) => void
  readonly onCancel: () => void
}

/** Fields whose value is picked from what opens: a choice is taken at once. */
const picked: ReadonlySet<string> = new Set(['choice', 'reference', 'owner', 'date', 'yes_no'])

/** Fields that a cell is too small for are changed in the record's form. */
export function isEditedInCell(field: ScreenField): boolean {
  return !field.readOnly && inCells.has(field.type)
}

const inCells: ReadonlySet<string> = new Set([
  'text', 'long_text', 'number', 'money', 'percent', 'date', 'yes_no', 'choice', 'phone', 'email', 'url', 'reference', 'owner',
]) // prettier-ignore

/** One cell open for writing: Enter goes down, Tab to the side, Esc leaves it as it was. */
export function CellEditor({ field, value: first, name, label, fault, onCommit, onCancel }: CellEditorProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const isOver = useRef(false)
  const [value, setValue] = useState(first)
  const isPicked = picked.has(field.type)

  useEffect(() => {
    const input = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    input?.focus()
    if (!isPicked) input?.select()
  }, [isPicked])

  const end = (act: () => void) => {
    if (isOver.current) return
    isOver.current = true
    act()
  }
  const commit = (wanted: unknown, leave: Leave) => end(() => onCommit(wanted, leave))
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Tab') commit(value, event.shiftKey ? 'left' : 'right')
    else if (event.key === 'Enter' && !event.shiftKey && !isPicked) commit(value, 'down')
    else return
    event.preventDefault()
  }
  // Before what is open sees it: a list of choices would only close, and leave the cell open.
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    end(onCancel)
  }
  const onBlur = (event: FocusEvent) => {
    const to = event.relatedTarget
    const isWithin = to instanceof Element && (event.currentTarget.contains(to) || to.closest(popups) !== null)
    if (!isWithin) commit(value, 'stay')
  }
  return (
    <div
      ref={box}
      className="cell-editor"
      role="group"
      aria-label={label}
      onKeyDownCapture={onEscape}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      <FieldInput
        field={field}
        id={id}
        value={value}
        name={name}
        label={label}
        startsOpen={isPicked}
        isInvalid={fault !== undefined}
        describedBy={fault ? `${id}-fault` : undefined}
        onChange={(next) => {
          setValue(next)
          if (isPicked) commit(next, 'stay')
        }}
      />
      {fault && (
        <span id={`${id}-fault`} className="cell-fault" role="alert">
          {fault}
        </span>
      )}
    </div>
  )
}

const popups = '.ant-select-dropdown, .ant-picker-dropdown'

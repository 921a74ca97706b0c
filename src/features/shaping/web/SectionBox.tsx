import type { ReactNode } from 'react'
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { formWords } from './form-words.ts'
import type { DraftSection } from './layout-draft.ts'
import { TileList } from './TileList.tsx'
import { shapeWords } from './words.ts'

interface SectionBoxProps {
  readonly section: DraftSection
  readonly name: string
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onChange: (changes: Partial<DraftSection>) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
  readonly children: ReactNode
}

/** One section with its name, columns and fields. */
export function SectionBox({ section, name, isFirst, isLast, onChange, onMove, onRemove, children }: SectionBoxProps) {
  const t = useWords(formWords)
  const s = useWords(shapeWords)
  const { label, columns } = section
  return (
    <section className="design-section" aria-label={name}>
      <header className="design-section-head">
        <Input
          aria-label={s('chinese', { name: t('section') })}
          value={label.zh}
          maxLength={60}
          placeholder={t('section')}
          onChange={(event) => onChange({ label: { ...label, zh: event.target.value } })}
        />
        <Input
          aria-label={s('english', { name: t('section') })}
          value={label.en}
          maxLength={60}
          placeholder={label.zh.trim() || s('sameAsChinese')}
          onChange={(event) => onChange({ label: { ...label, en: event.target.value } })}
        />
        <Segmented<1 | 2>
          aria-label={t('columns', { name })}
          value={columns}
          options={[
            { value: 1, label: t('oneColumn') },
            { value: 2, label: t('twoColumns') },
          ]}
          onChange={(next) => onChange({ columns: next })}
        />
        <span className="design-section-acts">
          <Button
            type="text"
            icon={<ArrowUpOutlined />}
            disabled={isFirst}
            aria-label={t('up', { name })}
            onClick={() => onMove(-1)}
          />
          <Button
            type="text"
            icon={<ArrowDownOutlined />}
            disabled={isLast}
            aria-label={t('down', { name })}
            onClick={() => onMove(1)}
          />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('removeSection', { name })} onClick={onRemove} />
        </span>
      </header>
      <TileList id={section.id} keys={section.fields} columns={columns} empty={t('emptySection')}>
        {children}
      </TileList>
    </section>
  )
}

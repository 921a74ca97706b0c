import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { CloseOutlined, LoadingOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { PaletteOption } from './PaletteOption.tsx'
import type { PaletteContent } from './palette.ts'
import { sectionsAtFirst, sectionsFound, type Option } from './sections.ts'
import { useKept, useSearch } from './use-search.ts'
import { paletteWords } from './words.ts'
import './palette.css'

interface CommandPaletteProps {
  readonly content: PaletteContent
  readonly onClose: () => void
}

/** Finds any record and runs any command, from anywhere, without leaving the keyboard. */
export function CommandPalette({ content, onClose }: CommandPaletteProps) {
  const t = useWords(paletteWords)
  const isPhone = useIsPhone()
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      width={isPhone ? '100vw' : 640}
      className={`palette ${isPhone ? 'palette-phone' : ''}`}
      title={<span className="visually-hidden">{t('search')}</span>}
      transitionName=""
      maskTransitionName=""
    >
      <PaletteBody content={content} onClose={onClose} isPhone={isPhone} />
    </Modal>
  )
}

function PaletteBody({ content, onClose, isPhone }: CommandPaletteProps & { readonly isPhone: boolean }) {
  const t = useWords(paletteWords)
  const k = useWords(kitWords)
  const listId = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const typed = text.trim()
  const found = useSearch(typed)
  const kept = useKept(typed === '')
  const titles = { recent: t('recent'), starred: t('starred'), commands: t('commands') }
  const sections =
    typed === '' ? sectionsAtFirst(kept.data, content, titles) : sectionsFound(typed, found.data, content, titles)
  const options = sections.flatMap((section) => section.options)
  const current = options[Math.min(chosen, options.length - 1)]
  const isWaiting = typed === '' ? kept.isPending : found.isBehind

  useEffect(() => {
    if (current) document.getElementById(`${listId}${current.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [current, listId])

  const choose = (option: Option) => {
    onClose()
    if ('command' in option) option.command.run()
    else content.openHit(option.hit)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, its keys are not ours.
    if (event.nativeEvent.isComposing || options.length === 0) return
    const last = options.length - 1
    const at = Math.min(chosen, last)
    if (event.key === 'ArrowDown') setChosen(at === last ? 0 : at + 1)
    else if (event.key === 'ArrowUp') setChosen(at === 0 ? last : at - 1)
    else if (event.key === 'Enter' && current) choose(current)
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="palette-field">
        <span className="palette-icon" aria-hidden>
          {isWaiting && typed !== '' ? <LoadingOutlined /> : <SearchOutlined />}
        </span>
        <input
          className="palette-input"
          role="combobox"
          aria-label={t('search')}
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={current ? `${listId}${current.id}` : undefined}
          placeholder={t('placeholder')}
          value={text}
          maxLength={200}
          autoFocus
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          onChange={(event) => {
            setText(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
        {isPhone && <Button type="text" icon={<CloseOutlined />} aria-label={k('close')} onClick={onClose} />}
      </div>
      <div className="palette-scroll">
        <div id={listId} role="listbox" aria-label={t('results')} aria-busy={isWaiting}>
          {sections.map((section) => (
            <div key={section.key} role="group" aria-labelledby={`${listId}${section.key}`}>
              <div id={`${listId}${section.key}`} className="palette-group">
                {section.title}
                {section.hasMore && <span className="muted">{t('more')}</span>}
              </div>
              {section.options.map((option) => (
                <PaletteOption
                  key={option.id}
                  id={`${listId}${option.id}`}
                  option={option}
                  isChosen={option === current}
                  onPoint={() => setChosen(options.indexOf(option))}
                  onChoose={() => choose(option)}
                />
              ))}
            </div>
          ))}
        </div>
        {typed === '' && <p className="palette-note muted">{t('hint')}</p>}
        {typed !== '' && found.isError && (
          <div className="palette-note" role="alert">
            <b>{t('failed')}</b>
            <p>{problemText(found.error)}</p>
            <Button onClick={() => void found.refetch()}>{k('retry')}</Button>
          </div>
        )}
        {typed !== '' && !found.isError && !isWaiting && options.length === 0 && (
          <div className="palette-note">
            <b>{t('nothing', { query: typed })}</b>
            <p className="muted">{t('nothingHint')}</p>
          </div>
        )}
      </div>
      <div className="visually-hidden" role="status">
        {typed !== '' && (isWaiting ? t('searching') : t('count', { n: options.length }))}
      </div>
      {!isPhone && (
        <div className="palette-keys muted" aria-hidden>
          {t('keys')}
        </div>
      )}
    </>
  )
}

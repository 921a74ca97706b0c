import { ThunderboltOutlined } from '@ant-design/icons'
import type { SearchHit } from '#engine/search/contract.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { Highlighted } from './Highlighted.tsx'
import type { Option } from './sections.ts'
import { paletteWords } from './words.ts'

interface PaletteOptionProps {
  readonly id: string
  readonly option: Option
  readonly isChosen: boolean
  readonly onPoint: () => void
  readonly onChoose: () => void
}

export function PaletteOption({ id, option, isChosen, onPoint, onChoose }: PaletteOptionProps) {
  const label = useLabel()
  return (
    // The field keeps the focus: it hears the keys and names the chosen option.
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      className="palette-option"
      onMouseMove={isChosen ? undefined : onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className="palette-icon" aria-hidden>
        {'command' in option ? (option.command.icon ?? <ThunderboltOutlined />) : option.kind.icon}
      </span>
      {'command' in option ? (
        <span className="palette-title">{label(option.command.label)}</span>
      ) : (
        <Hit hit={option.hit} />
      )}
    </div>
  )
}

function Hit({ hit }: { readonly hit: SearchHit }) {
  const t = useWords(paletteWords)
  const inTitle = hit.matched.find(({ isTitle, text }) => isTitle && text === hit.title)
  const elsewhere = hit.matched.filter((one) => one !== inTitle)
  return (
    <>
      <span className="palette-text">
        <span className="palette-title ellipsis">
          <Highlighted text={hit.title ?? '—'} ranges={inTitle?.ranges ?? []} />
        </span>
        <span className="palette-facts ellipsis muted">
          {hit.subtitle}
          {elsewhere.map(({ field, text, ranges }) => (
            <span key={field} className="palette-matched">
              <Highlighted text={text} ranges={ranges} />
            </span>
          ))}
        </span>
      </span>
      {hit.ownerName && (
        <span className="palette-owner muted ellipsis">
          <span className="visually-hidden">{t('owner', { name: hit.ownerName })}</span>
          <span aria-hidden>{hit.ownerName}</span>
        </span>
      )}
    </>
  )
}

import { useLabel, useWords } from '#web/words/use-words.ts'
import type { CustomType } from './field-draft.ts'
import { fieldTypes, typeGroups } from './field-types.tsx'
import { shapeWords } from './words.ts'

/** Every type of field with what it is for; a click chooses one. */
export function TypeGrid({ onChoose }: { readonly onChoose: (type: CustomType) => void }) {
  const t = useWords(shapeWords)
  const label = useLabel()
  return (
    <div className="type-groups">
      <p className="muted">{t('typeStays')}</p>
      {typeGroups.map((group) => (
        <section key={group.label.en}>
          <h3>{label(group.label)}</h3>
          <div className="type-grid">
            {group.types.map((type) => {
              const words = fieldTypes[type]
              return (
                <button key={type} type="button" className="type-card" onClick={() => onChoose(type)}>
                  <span className="type-icon" aria-hidden>
                    {words.icon}
                  </span>
                  <b>{label(words.label)}</b>
                  <small className="muted">{label(words.help)}</small>
                </button>
              )
            })}
          </div>
        </section>
      ))}
    </div>
  )
}

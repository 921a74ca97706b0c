import type { ScreenObject } from '#features/objects/web/index.tsx'
import { useLabel } from '#web/words/use-words.ts'
import { typeWords } from './field-types.tsx'
import type { DraftSection } from './layout-draft.ts'

interface FormPreviewProps {
  readonly screen: ScreenObject
  readonly sections: readonly DraftSection[]
  readonly device: 'desktop' | 'phone'
}

const tall: ReadonlySet<string> = new Set(['long_text', 'rich_text', 'address'])

/** The form as it will look; a phone always shows one column. */
export function FormPreview({ screen, sections, device }: FormPreviewProps) {
  const label = useLabel()
  return (
    <div className="preview" data-device={device}>
      {sections.map((section) => (
        <section key={section.id}>
          <h3>{label(section.label)}</h3>
          <div className="preview-fields" data-columns={device === 'phone' ? 1 : section.columns}>
            {section.fields.map((key) => {
              const field = screen.fields.find((one) => one.key === key)
              if (!field) return null
              return (
                <div key={key} className={tall.has(field.type) ? 'preview-wide' : ''}>
                  <span>
                    {label(field.label)}
                    {field.required && <span className="shape-required">*</span>}
                  </span>
                  <span className="preview-input muted" data-tall={tall.has(field.type)}>
                    {typeWords(field.type).icon}
                  </span>
                </div>
              )
            })}
          </div>
        </section>
      ))}
    </div>
  )
}

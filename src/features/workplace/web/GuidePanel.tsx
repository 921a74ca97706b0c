import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { brandFields } from './brand-words.ts'
import { workplaceWords } from './words.ts'

/** What there is to do, in its order, while nothing is connected. */
export function GuidePanel({ brand }: { readonly brand: WorkplaceBrand }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  return (
    <Panel title={t('guide')}>
      <ol className="workplace-guide">
        <li>{t('guideApp', { console: label(brandFields[brand].console.name) })}</li>
        <li>{t('guideSave')}</li>
        <li>{t('guidePreview')}</li>
        <li>{t('guideSync')}</li>
        <li>{t('guideSignIn')}</li>
      </ol>
    </Panel>
  )
}

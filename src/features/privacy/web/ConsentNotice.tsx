import { Alert } from 'antd'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { consentKindLabels } from '../contract.ts'
import { useConsents, type PersonPlace } from './use-privacy.ts'
import { privacyWords } from './words.ts'

/** What the person does not want any more, where people would call or write. */
export function ConsentNotice({ object, id }: PersonPlace) {
  const t = useWords(privacyWords)
  const label = useLabel()
  const language = useLanguage()
  const withdrawn = useConsents({ object, id }).data?.withdrawn ?? []
  if (withdrawn.length === 0) return null
  const kinds = withdrawn.map((kind) => label(consentKindLabels[kind])).join(language === 'zh' ? '、' : ', ')
  return <Alert type="warning" showIcon title={t('notice', { kinds })} />
}

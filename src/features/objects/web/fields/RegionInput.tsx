import { Cascader } from 'antd'
import type { Language } from '#base/label.ts'
import { home, type Regions } from '#engine/region/region.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { objectWords } from '../words.ts'
import type { ControlProps } from './control.ts'
import { useRegions } from './use-regions.ts'

interface RegionInputProps extends ControlProps {
  readonly value: string | null
  readonly onChange: (code: string | null) => void
}

interface RegionOption {
  readonly value: string
  readonly label: string
  readonly children?: RegionOption[]
}

const optionsOf = new Map<Language, RegionOption[]>()

/** Provinces first, for they are meant most often; other countries after them. */
function optionsIn(regions: Regions, language: Language): RegionOption[] {
  const known = optionsOf.get(language)
  if (known) return known
  const option = (code: string): RegionOption => {
    const inside = regions.childrenOf(code)
    const label = regions.nameOf(code, language)
    return inside.length > 0
      ? { value: code, label, children: inside.map((region) => option(region.code)) }
      : { value: code, label }
  }
  const countries = regions.childrenOf(null).filter(({ code }) => code !== home)
  const made = [
    ...regions.childrenOf(home).map(({ code }) => option(code)),
    { value: home, label: regions.nameOf(home, language) },
    ...countries.map(({ code }) => ({ value: code, label: regions.nameOf(code, language) })),
  ]
  optionsOf.set(language, made)
  return made
}

/** From the largest down to the region itself. */
function pathOf(regions: Regions, code: string): string[] {
  const parent = regions.find(code)?.parent ?? null
  return parent === null || parent === home ? [code] : [...pathOf(regions, parent), code]
}

/** Province, city, district, or a country: any of them may be meant. */
export function RegionInput({ value, onChange, ...rest }: RegionInputProps) {
  const t = useWords(objectWords)
  const language = useLanguage()
  const regions = useRegions()
  return (
    <Cascader<RegionOption>
      {...rest}
      className="wide"
      value={value === null ? [] : regions ? pathOf(regions, value) : [value]}
      options={regions ? optionsIn(regions, language) : []}
      loading={!regions}
      changeOnSelect
      allowClear
      placeholder={t('choose')}
      displayRender={(labels) => (language === 'zh' ? labels.join('') : labels.toReversed().join(', '))}
      showSearch={{
        limit: 50,
        filter: (text, path) => path.some((option) => option.label.toLowerCase().includes(text.toLowerCase())),
      }}
      onChange={(path) => onChange(path?.at(-1)?.toString() ?? null)}
    />
  )
}

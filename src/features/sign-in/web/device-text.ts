const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

// The first that fits: many browsers name those they descend from as well.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/DingTalk/i, '钉钉'],
  [/Lark|Feishu/i, '飞书'],
  [/wxwork/i, '企业微信'],
  [/MicroMessenger/i, '微信'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/HeadlessChrome\/|Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** A device in a few words, from what its browser says of itself: `Chrome · Windows`; undefined where it says nothing known. */
export function deviceText(agent: string | null): string | undefined {
  const named = [browsers, systems].flatMap((known) => known.find(([sign]) => sign.test(agent ?? ''))?.[1] ?? [])
  return named.length === 0 ? undefined : named.join(' · ')
}

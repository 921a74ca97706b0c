import { theme, type ThemeConfig } from 'antd'
import { colorsOf, type Tone } from './colors.ts'

export type Density = 'comfortable' | 'compact'

const fontFamily =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'

// The usual tag colours are too pale for small text; these hold 4.5 : 1 on their own ground.
const readableTags = { green: '#2f7d4f', gold: '#946200', orange: '#b0500a', lime: '#5b7c0a', cyan: '#0b7285' }

// The usual hover is paler than the button, too pale for white words on it (4.1 : 1); a darker one holds 6 : 1.
const readableHover = { colorPrimaryHover: '#276c43' }

/** The Ant Design theme of the product. */
export function themeConfig(tone: Tone, density: Density): ThemeConfig {
  const colors = colorsOf[tone]
  const base = tone === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm
  return {
    algorithm: density === 'compact' ? [base, theme.compactAlgorithm] : [base],
    token: {
      colorPrimary: colors.primary,
      colorInfo: colors.on,
      colorSuccess: colors.ahead,
      colorWarning: colors.behind,
      colorError: colors.far,
      colorLink: colors.primary,
      colorText: colors.ink,
      colorTextSecondary: colors.ink2,
      colorTextTertiary: colors.ink3,
      colorTextDescription: colors.ink3,
      colorTextPlaceholder: colors.ink3,
      colorBgLayout: colors.ground,
      colorBgContainer: colors.surface,
      colorBgElevated: colors.raised,
      colorBorder: colors.line,
      colorBorderSecondary: colors.lineSoft,
      ...(tone === 'light' ? { ...readableTags, ...readableHover } : {}),
      borderRadius: 7,
      fontFamily,
      fontSize: 14,
      wireframe: false,
      // Dialogs, drawers and lists come and go at once. Their usual motion never ends when it is turned round before it
      // was drawn: on a slow machine what was closed stayed over the page and took every click.
      motion: false,
    },
    components: {
      Button: { primaryColor: colors.onPrimary, fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none' },
      Menu: {
        itemBg: 'transparent',
        itemSelectedBg: colors.primarySoft,
        itemSelectedColor: colors.primary,
        itemBorderRadius: 8,
        activeBarBorderWidth: 0,
      },
      Segmented: { itemSelectedColor: colors.primary },
      Tabs: { horizontalItemGutter: 24 },
    },
  }
}

/** Where a company works together: 企业微信, 钉钉, 飞书. It knows the people and departments, and lets people sign in. */
export const workplaceBrands = ['wecom', 'dingtalk', 'feishu'] as const
export type WorkplaceBrand = (typeof workplaceBrands)[number]

import { definePage } from '../../page.ts'

export const accountRoutes = [
  definePage({
    path: '/log-in',
    source: 'web/features/accounts/log-in-page.tsx',
    module: () => import('./log-in-page.tsx').then((file) => ({ Page: file.LogInPage, head: file.logInHead })),
    texts: ['accounts', 'forms'],
  }),
  definePage({
    path: '/sign-up',
    source: 'web/features/accounts/sign-up-page.tsx',
    module: () => import('./sign-up-page.tsx').then((file) => ({ Page: file.SignUpPage, head: file.signUpHead })),
    texts: ['accounts', 'forms'],
  }),
  definePage({
    path: '/sign-up/confirm',
    source: 'web/features/accounts/confirm-link-page.tsx',
    module: () =>
      import('./confirm-link-page.tsx').then((file) => ({ Page: file.ConfirmLinkPage, head: file.confirmLinkHead })),
    texts: ['accounts', 'forms'],
  }),
  definePage({
    path: '/forgot-password',
    source: 'web/features/accounts/forgot-password-page.tsx',
    module: () =>
      import('./forgot-password-page.tsx').then((file) => ({
        Page: file.ForgotPasswordPage,
        head: file.forgotPasswordHead,
      })),
    texts: ['accounts', 'forms'],
  }),
  definePage({
    path: '/reset-password',
    source: 'web/features/accounts/reset-password-page.tsx',
    module: () =>
      import('./reset-password-page.tsx').then((file) => ({
        Page: file.ResetPasswordPage,
        head: file.resetPasswordHead,
      })),
    texts: ['accounts', 'forms'],
  }),
]

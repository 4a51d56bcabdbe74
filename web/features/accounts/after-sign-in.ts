import { useNavigate } from '../../ui/navigation/navigation.ts'
import type { LoggedIn } from '../../../worker/contract/accounts.ts'
import { placeAfter } from '../../api/return-to.ts'
import { session } from '../../api/session.ts'

/** Takes over a sign-in that has just succeeded and goes back to where it was asked for. */
export function useSignedIn(next: () => string | undefined): (answered: LoggedIn) => void {
  const navigate = useNavigate()
  return (answered) => {
    session.signedIn(answered)
    navigate(placeAfter(next()), { replace: true })
  }
}

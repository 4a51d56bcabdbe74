import type { FormTexts } from '../ko/forms.ts'

export const forms: FormTexts = {
  faults: {
    required: 'This is needed',
    needed: 'Your consent is needed',
    empty: 'This is needed',
    invalid: 'Please check this',
    wrong: 'The password is wrong',
    'too-short': 'A little longer, please',
    'too-long': 'A little shorter, please',
    'forbidden-characters': 'It has characters that cannot be used',
    'like-staff': 'This name could be taken for our staff',
    'not-an-email': 'Please check the e-mail address',
    'not-a-korean-mobile': 'Enter a number that starts with 010',
    'not-a-code': 'Enter the six digits',
    'not-a-link': 'Enter an https address',
    common: 'This password is too common',
    characters: 'Only a-z, 0-9, _ and . can be used',
    dots: 'A dot cannot come first, last or twice in a row',
    reserved: 'This handle cannot be used',
    taken: 'Someone already has it',
    held: 'Someone else had it until recently',
  },
  handleLength: '4 to 25 characters',
  nameLength: '2 to 25 characters',
  passwordWeak: 'See the rules below',
}

import { Checkbox, Choice, Choices, SelectField, TextArea, TextField } from '@/ui/field';
import { PasswordField } from '@/ui/password';

import { Both } from './both';

/** What forms are made of. */
export function Fields() {
  return (
    <>
      <Both title="Fields" note="What is wrong stands beside the field, in a sentence.">
        {() => (
          <>
            <TextField label="Name" placeholder="Ada Lovelace" hint="Hosts and guests see it." />
            <TextField label="Name, wrong" defaultValue=" " error="Please enter your name." />
            <TextField label="Name, not to be changed" defaultValue="Ada Lovelace" disabled />
            <TextField label="Phone" optional type="tel" />
            <TextField
              label="Price per night"
              start="€"
              end="a night"
              inputMode="decimal"
              defaultValue="95"
            />
            <TextField
              label="Price, wrong"
              start="€"
              defaultValue="abc"
              error="Please enter an amount, such as 95.50."
            />
            <PasswordField
              label="Password"
              autoComplete="off"
              hint="At least 10 characters."
              defaultValue="correct horse"
            />
            <PasswordField
              label="Password, wrong"
              autoComplete="off"
              error="The e-mail address or the password is wrong."
            />
            <SelectField label="Property type" defaultValue="cabin">
              <option value="cabin">Cabin</option>
              <option value="house">House</option>
            </SelectField>
            <TextArea
              label="Description"
              defaultValue="A small house between two lakes, with a stove and a boat."
            />
            <TextArea label="Description, wrong" error="Please write at least a sentence." />
          </>
        )}
      </Both>
      <Both title="Choices">
        {(theme) => (
          <>
            <Choices label="Booking">
              <Choice name={`booking-${theme}`} defaultChecked>
                Instant
              </Choice>
              <Choice name={`booking-${theme}`}>On request</Choice>
            </Choices>
            <Choices label="Amenities" error="Please choose at least one.">
              <Choice type="checkbox" name={`amenities-${theme}`} defaultChecked>
                Wi-Fi
              </Choice>
              <Choice type="checkbox" name={`amenities-${theme}`}>
                Kitchen
              </Choice>
              <Choice type="checkbox" name={`amenities-${theme}`}>
                Sea view
              </Choice>
            </Choices>
            <Checkbox defaultChecked>I have read the house rules.</Checkbox>
            <Checkbox>Tell me about changes to this listing.</Checkbox>
          </>
        )}
      </Both>
    </>
  );
}

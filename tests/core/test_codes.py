from core.codes import (
    ALPHABET,
    derived_code,
    grouped_code,
    is_well_copied,
    plain_code,
    random_code,
)


def test_one_wrong_character_is_always_noticed():
    code = derived_code("pepper", "form", 14)

    wrong = [
        code[:place] + letter + code[place + 1 :]
        for place in range(len(code))
        for letter in ALPHABET
        if letter != code[place]
    ]

    assert is_well_copied(code)
    assert [bad for bad in wrong if is_well_copied(bad)] == []


def test_the_same_form_gives_the_same_code_and_another_form_another():
    assert derived_code("pepper", "form", 14) == derived_code("pepper", "form", 14)
    assert derived_code("pepper", "form", 14) != derived_code("pepper", "other", 14)
    assert derived_code("pepper", "form", 14) != derived_code("salt", "form", 14)


def test_codes_use_only_letters_that_cannot_be_confused():
    assert set(random_code(500)) <= set(ALPHABET)
    assert set("ILOU") & set(ALPHABET) == set()


def test_what_people_type_finds_what_was_printed():
    assert plain_code(" 7k3m-9q2x ") == "7K3M9Q2X"
    assert plain_code("OIL0") == "0110"
    assert grouped_code("7K3M9Q2X") == "7K3M-9Q2X"

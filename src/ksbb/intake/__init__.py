"""Messy spreadsheets in, checked rows out: no database, no web, no sentences for people.

`read_file` (in `reading`) is the way in. The caller hands over what is known about places
(`ground.Ground`) and the answers people have given (`rows.Answers`), and gets one `rows.Row` per
row of the file, one at a time. Reasons and questions are codes with values; whoever shows them
says them in the reader's language. Identity numbers, names of recipients and telephone numbers
never leave the reader.
"""

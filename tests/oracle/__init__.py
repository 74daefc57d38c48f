"""An independent judge: what the two pages on the model and the workbook say, counted by hand."""

"""The scenario as a workbook: another spelling of the scenario file, cell by cell."""

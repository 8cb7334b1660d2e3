"""The core of Milepost: nothing in here names a platform or a database."""
